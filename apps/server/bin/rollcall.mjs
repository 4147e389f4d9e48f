#!/usr/bin/env node
// Runs the command line in this very process, so that what ends it ends the work: as `npm run build` made it, or, where
// nothing was built, from its TypeScript sources.

import { existsSync } from 'node:fs'

const built = new URL('../dist/rollcall.mjs', import.meta.url)
if (existsSync(built)) await import(built.href)
else {
  const { register } = await import('tsx/esm/api')
  register()
  await import('../src/main.ts')
}
