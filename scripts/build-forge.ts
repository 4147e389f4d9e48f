// Part of npm run build: the handlers of the Forge app in one file, as they are deployed.

import { build } from 'esbuild'
import { statSync, writeFileSync } from 'node:fs'
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
// The platform's command line 13.3.0 looks for handlers in .js only, newer checks in .cjs as well.
writeFileSync(`${app}/dist/index.js`, `export { resolver, tick, worker } from './index.cjs'\n`)
console.log(`apps/forge/dist/index.cjs: ${Math.round(statSync(outfile).size / 1024)} KB`)
