// Part of npm run build: the handlers of the Forge app in one file, as they are deployed.

import { build } from 'esbuild'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const app = fileURLToPath(new URL('../apps/forge', import.meta.url))
const outfile = `${app}/dist/index.cjs`
await build({
  absWorkingDir: app,
  entryPoints: ['src/index.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  sourcemap: true,
  logLevel: 'warning',
})
console.log(`apps/forge/dist/index.cjs: ${Math.round(statSync(outfile).size / 1024)} KB`)
