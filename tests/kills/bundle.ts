// Bundles the server into one file with esbuild, so that a start takes a fraction of a second.

import { build, type Plugin } from 'esbuild'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A bug to plant into one file, to test whether the judge finds it. */
export interface Planted {
  readonly file: string
  readonly text: string
  readonly bug: string
}
const planting = ({ file, text, bug }: Planted): Plugin => ({
  name: 'planting',
  setup(building) {
    let found = false
    building.onLoad({ filter: new RegExp(`/${file.replaceAll('.', '\\.')}$`) }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      found ||= source.includes(text)
      return { contents: source.replace(text, bug), loader: 'ts' }
    })
    building.onEnd(() => {
      if (!found) throw new Error(`${file} no longer contains "${text}".`)
    })
  },
})
let made = 0

interface Bundle {
  readonly program: string
  /** Contains the program and the package.json with its version. */
  readonly folder: string
}

/** Bundles `rollcall`, the same program as `npx rollcall`. */
export async function bundleRollcall(planted?: Planted): Promise<Bundle> {
  made += 1
  const folder = `${root}node_modules/.cache/rollcall-kills/${process.pid}-${made}`
  const outfile = `${folder}/dist/rollcall.mjs`
  await mkdir(dirname(outfile), { recursive: true })
  await copyFile(`${root}apps/server/package.json`, `${folder}/package.json`)
  await build({
    entryPoints: [`${root}apps/server/src/main.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    external: ['better-sqlite3'],
    minify: true,
    plugins: planted === undefined ? [] : [planting(planted)],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
  return { program: outfile, folder }
}
