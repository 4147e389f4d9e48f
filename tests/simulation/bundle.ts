// Bundles the simulation into one file, with unchanged core or with one planted mutant.

import { context, type Plugin } from 'esbuild'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mutants, type Edit, type Mutant } from './mutants.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const core = join(root, 'packages/core/src')
const folder = join(root, 'node_modules/.cache/rollcall-simulation')

const editsOf = ({ file, find, replace, also }: Mutant): readonly Edit[] => [
  { file, find, replace },
  ...(also === undefined ? [] : [also]),
]

/** Only files that some mutant changes go through this plugin; esbuild reads the others itself, once. */
const changeable = new Set(Object.values(mutants).flatMap((mutant) => editsOf(mutant).map(({ file }) => file)))

const planting = (waiting: Map<string, Edit>): Plugin => ({
  name: 'mutant',
  setup(builder) {
    const names = [...changeable].map((name) => name.replaceAll('.', '\\.')).join('|')
    builder.onLoad({ filter: new RegExp(`/packages/core/src/(${names})$`) }, async ({ path }) => {
      const name = relative(core, path)
      const edit = waiting.get(name)
      if (edit === undefined) return undefined
      const parts = (await readFile(path, 'utf8')).split(edit.find)
      if (parts.length !== 2) throw new Error(`"${edit.find}" is in ${name} ${parts.length - 1} times, not once`)
      waiting.delete(name)
      return { contents: parts.join(edit.replace), loader: 'ts' }
    })
  },
})

export interface Bundler {
  /** Bundles the worker and returns the file; `name` keeps bundles apart. */
  bundle(name: string, mutant?: Mutant): Promise<string>
  close(): Promise<void>
}

/** Opens a bundler that parses each file once, however many mutants it plants. */
export async function openBundler(): Promise<Bundler> {
  const waiting = new Map<string, Edit>()
  const building = await context({
    entryPoints: [join(root, 'tests/simulation/worker.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    alias: { '@rollcall/core': join(core, 'index.ts'), '@rollcall/core/testing': join(core, 'testing/index.ts') },
    plugins: [planting(waiting)],
  })
  await mkdir(folder, { recursive: true })
  let last: Promise<unknown> = Promise.resolve()
  const make = async (name: string, mutant?: Mutant): Promise<string> => {
    waiting.clear()
    for (const edit of mutant === undefined ? [] : editsOf(mutant)) waiting.set(edit.file, edit)
    const [output] = (await building.rebuild()).outputFiles
    for (const missing of waiting.keys()) throw new Error(`${missing} is not part of the simulation`)
    if (output === undefined) throw new Error('the bundle is empty')
    const file = join(folder, `${name.replaceAll(/\W+/g, '-')}-${process.pid}.mjs`)
    await writeFile(file, output.contents)
    return file
  }
  return {
    bundle(name, mutant) {
      const made = last.then(() => make(name, mutant))
      last = made.catch(() => undefined)
      return made
    },
    close: () => building.dispose(),
  }
}
