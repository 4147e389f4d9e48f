// The server as one file, made by esbuild, so that a start takes a fraction of a second.

import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Bundles `rollcall` and answers where it lies; it is the same program as `npx rollcall`. */
export async function bundleRollcall(): Promise<string> {
  const outfile = `${root}node_modules/.cache/rollcall-kills/rollcall-${process.pid}.mjs`
  await build({
    entryPoints: [`${root}apps/server/src/main.ts`],
    outfile,
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' },
    external: ['better-sqlite3'],
    minify: true,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
  return outfile
}
