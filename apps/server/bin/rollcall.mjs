#!/usr/bin/env node
// Runs the command line in this very process, so that what ends it ends the work. What runs is always what was built:
// in a clone where nothing was built, or where a source is newer, it is built first.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const server = fileURLToPath(new URL('..', import.meta.url))
const stat = (file) => statSync(server + file, { throwIfNoEntry: false })

/** Says whether the built files are there and no source is newer. An installation without sources has nothing to build. */
function isCurrent() {
  if (!existsSync(`${server}src/main.ts`)) return true
  const built = stat('dist/built-from.json')
  if (built === undefined || !existsSync(`${server}dist/rollcall.mjs`)) return false
  const sources = JSON.parse(readFileSync(`${server}dist/built-from.json`, 'utf8'))
  return sources.every((file) => (stat(file)?.mtimeMs ?? Infinity) <= built.mtimeMs)
}

if (!isCurrent()) {
  process.stderr.write('Building rollcall, because its sources are newer …\n')
  const { register } = await import('tsx/esm/api')
  const unregister = register()
  const { default: buildServer } = await import('../../../scripts/build-server.ts')
  await buildServer()
  await unregister()
}
await import('../dist/rollcall.mjs')
