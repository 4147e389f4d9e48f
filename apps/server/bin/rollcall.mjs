#!/usr/bin/env node
// Runs the command line in this very process, so that what ends it ends the work. What runs is always what was built:
// in a clone where nothing was built, or a source is newer, it is built first.

import { buildServer, isCurrent } from './build.mjs'

if (!isCurrent()) {
  process.stderr.write('Building rollcall, because its sources are newer …\n')
  await buildServer()
}
await import('../dist/rollcall.mjs')
