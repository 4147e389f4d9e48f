// Part of npm run build: bundles the handlers of the Forge app into the file that is deployed.

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
// Forge's command line 13.3.0 looks for handlers only in .js files; newer versions also in .cjs files.
writeFileSync(`${app}/dist/index.js`, `export { resolver, tick, worker } from './index.cjs'\n`)
console.log(`apps/forge/dist/index.cjs: ${Math.round(statSync(outfile).size / 1024)} KB`)
