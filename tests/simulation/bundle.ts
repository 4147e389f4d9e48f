// The simulation as one file, with core as it is or with one mutant planted into its source.

import { build, type Plugin } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Mutant } from './mutants.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

const planting = ({ file, find, replace }: Mutant): Plugin => ({
  name: 'mutant',
  setup(builder) {
    const target = join(root, 'packages/core/src', file)
    let planted = false
    builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path !== target) return undefined
      const source = await readFile(path, 'utf8')
      const parts = source.split(find)
      if (parts.length !== 2) throw new Error(`"${find}" stands ${parts.length - 1} times in ${file}, not once`)
      planted = true
      return { contents: parts.join(replace), loader: 'ts' }
    })
    builder.onEnd(() => {
      if (!planted) throw new Error(`${file} is not part of the simulation`)
    })
  },
})

/** Bundles the worker and answers the file; `name` keeps bundles apart. */
export async function bundle(name: string, mutant?: Mutant): Promise<string> {
  const outfile = join(root, 'node_modules/.cache/rollcall-simulation', `${name.replaceAll(/\W+/g, '-')}.mjs`)
  await build({
    entryPoints: [join(root, 'tests/simulation/worker.ts')],
    ...{ outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external' },
    ...{ logLevel: 'silent', sourcemap: mutant === undefined ? 'inline' : false },
    alias: { '@rollcall/core': join(root, 'packages/core/src/index.ts') },
    plugins: mutant === undefined ? [] : [planting(mutant)],
  })
  return outfile
}
