// Part of npm run build: the server and its command line.

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildServer, server } from '../apps/server/bin/build.mjs'

/** A vitest run builds before its first test, so that none runs against an older one. */
export default () => buildServer()

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildServer()
  const parts = readdirSync(join(server, 'dist')).filter((name) => name.endsWith('.mjs'))
  const bytes = parts.reduce((sum, name) => sum + statSync(join(server, 'dist', name)).size, 0)
  console.log(`apps/server/dist: ${parts.length} files, ${Math.round(bytes / 1024)} KB`)
}
