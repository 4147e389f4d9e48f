// The simulation as one file, with core as it is or with one mutant planted into its source.

import { build, type Plugin } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Mutant } from './mutants.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

const planting = ({ file, find, replace, also }: Mutant): Plugin => ({
  name: 'mutant',
  setup(builder) {
    const waiting = new Map(
      [{ file, find, replace }, ...(also === undefined ? [] : [also])].map((edit) => [edit.file, edit]),
    )
    builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const name = relative(join(root, 'packages/core/src'), path)
      const edit = waiting.get(name)
      if (edit === undefined) return undefined
      const source = await readFile(path, 'utf8')
      const parts = source.split(edit.find)
      if (parts.length !== 2) throw new Error(`"${edit.find}" stands ${parts.length - 1} times in ${name}, not once`)
      waiting.delete(name)
      return { contents: parts.join(edit.replace), loader: 'ts' }
    })
    builder.onEnd(() => {
      for (const name of waiting.keys()) throw new Error(`${name} is not part of the simulation`)
    })
  },
})

/** Bundles the worker and answers the file; `name` keeps bundles apart. */
export async function bundle(name: string, mutant?: Mutant): Promise<string> {
  const outfile = join(root, 'node_modules/.cache/rollcall-simulation', `${name.replaceAll(/\W+/g, '-')}.mjs`)
  await build({
    entryPoints: [join(root, 'tests/simulation/worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    sourcemap: mutant === undefined ? 'inline' : false,
    alias: { '@rollcall/core': join(root, 'packages/core/src/index.ts') },
    plugins: mutant === undefined ? [] : [planting(mutant)],
  })
  return outfile
}
