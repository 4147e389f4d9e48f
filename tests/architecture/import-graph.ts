// The imports between files, read from the sources. `import type` counts too, because a reader follows it like any other.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folders = ['docs', 'packages', 'apps', 'tools', 'tests', 'scripts', 'bench'] as const
const skipped = new Set(['node_modules', 'dist', 'public', '.rollcall'])

export interface Import {
  /** The specifier in the file. */
  readonly specifier: string
  /** The file of this repository that it imports; undefined for libraries and style sheets. */
  readonly file: string | undefined
}
export interface SourceFile {
  readonly imports: readonly Import[]
  readonly lines: number
}
/** Every TypeScript file of the repository by its path from the root. */
export type ImportGraph = ReadonlyMap<string, SourceFile>

const read = (path: string) => readFileSync(join(root, path), 'utf8')

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesIn(path)
    return /\.(tsx?|m[jt]s|cjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : []
  })
}

/** The files behind the names of the workspaces: `@rollcall/core/testing` → packages/core/src/testing/index.ts. */
function workspaceEntries(): ReadonlyMap<string, string> {
  const entries = new Map<string, string>()
  for (const folder of ['packages', 'apps', 'tools'])
    for (const name of readdirSync(join(root, folder))) {
      const { name: packageName, exports = {} } = JSON.parse(read(`${folder}/${name}/package.json`)) as {
        readonly name: string
        readonly exports?: Readonly<Record<string, string>>
      }
      for (const [subpath, file] of Object.entries(exports))
        entries.set(join(packageName, subpath), join(folder, name, file))
    }
  return entries
}

const isFile = (path: string) => existsSync(join(root, path)) && statSync(join(root, path)).isFile()

function followRelative(from: string, specifier: string): string | undefined {
  const path = normalize(join(dirname(from), specifier))
  const bare = path.replace(/\.js$/, '')
  return [path, `${bare}.ts`, `${bare}.tsx`].find(isFile)
}

/** Static and dynamic imports, and `export … from`. */
const importing = /^(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm

export function readImportGraph(): ImportGraph {
  const entries = workspaceEntries()
  const graph = new Map<string, SourceFile>()
  for (const path of folders.flatMap(filesIn)) {
    const text = read(path)
    const imports = [...text.matchAll(importing)].map(([, fixed, dynamic]) => {
      const specifier = fixed ?? dynamic ?? ''
      return { specifier, file: specifier.startsWith('.') ? followRelative(path, specifier) : entries.get(specifier) }
    })
    graph.set(path, { imports, lines: text.split('\n').length - 1 })
  }
  return graph
}

/** The source files with their lengths, shortest first; contracts and tests do not count. */
export const lengthsOf = (graph: ImportGraph): readonly { readonly file: string; readonly lines: number }[] =>
  [...graph]
    .filter(([file]) => /\/src\//.test(file) && !file.includes('/testing/contracts/'))
    .map(([file, { lines }]) => ({ file, lines }))
    .toSorted((one, other) => one.lines - other.lines)

/** The groups of files that import each other in a circle, by Tarjan's algorithm. */
export function circlesIn(graph: ImportGraph): readonly (readonly string[])[] {
  const numbers = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const circles: string[][] = []
  const visit = (path: string): number => {
    const number = numbers.size
    numbers.set(path, number)
    lowest.set(path, number)
    stack.push(path)
    for (const { file } of graph.get(path)?.imports ?? []) {
      if (file === undefined || !graph.has(file)) continue
      const reached = numbers.has(file) ? (stack.includes(file) ? numbers.get(file) : undefined) : visit(file)
      if (reached !== undefined) lowest.set(path, Math.min(lowest.get(path) ?? number, reached))
    }
    const low = lowest.get(path) ?? number
    if (low === number) {
      const circle = stack.splice(stack.indexOf(path))
      if (circle.length > 1) circles.push(circle.toSorted())
    }
    return low
  }
  for (const path of graph.keys()) if (!numbers.has(path)) visit(path)
  return circles
}

/** The first folder or file of a path below a folder: `packages/core/src/run/lease.ts` → `run`. */
export function roomOf(path: string, below: string): string {
  const [room = path] = relative(below, path).split('/')
  return room
}
