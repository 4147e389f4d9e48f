// Builds the command line and the server into dist, in parts that are loaded when a command needs them; and says whether
// what is built is what the sources say. JavaScript, because it runs before anything is built.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package of the server. */
export const server = fileURLToPath(new URL('..', import.meta.url))
/** Names the sources that were built; it is as old as the beginning of the build. */
const builtFrom = 'dist/built-from.json'
const aDay = 86_400_000

/** The messages of zod in forty languages, of which English is used. */
const englishOnly = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, ({ path }) => ({
      contents: `export { default as en } from './en.js'`,
      resolveDir: join(path, '..'),
    }))
  },
}

/** Says whether the built files are there and no source is newer. An installation without sources has nothing to build. */
export function isCurrent(folder = server) {
  if (!existsSync(join(folder, 'src/main.ts'))) return true
  const list = join(folder, builtFrom)
  const built = statSync(list, { throwIfNoEntry: false })
  if (built === undefined || !existsSync(join(folder, 'dist/rollcall.mjs'))) return false
  return JSON.parse(readFileSync(list, 'utf8')).every((file) => {
    const source = statSync(join(folder, file), { throwIfNoEntry: false })
    return source !== undefined && source.mtimeMs <= built.mtimeMs
  })
}

/** Builds. Each file appears whole, and those of an earlier build stay for a day: a command that runs may load them yet. */
export async function buildServer(folder = server) {
  const { build } = await import('esbuild')
  const begun = Date.now()
  const { metafile, outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: { rollcall: 'src/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
    // Its native part lies beside it.
    external: ['better-sqlite3'],
    plugins: [englishOnly],
    // Some libraries are CommonJS, and ask for what Node has by `require`.
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
    },
  })
  const dist = join(folder, 'dist')
  mkdirSync(dist, { recursive: true })
  const put = (name, contents) => {
    const beside = join(dist, `${name}.${process.pid}`)
    writeFileSync(beside, contents)
    renameSync(beside, join(dist, name))
  }
  // The entry comes last: until then the one of the build before finds all its parts.
  for (const { path, contents } of outputFiles.toReversed()) put(basename(path), contents)
  const sources = Object.keys(metafile.inputs).filter((file) => !file.includes('node_modules/'))
  put(basename(builtFrom), JSON.stringify([...sources, 'bin/build.mjs']))
  utimesSync(join(folder, builtFrom), begun / 1000, begun / 1000)
  const made = new Set([...outputFiles.map(({ path }) => basename(path)), basename(builtFrom)])
  const old = (name) => statSync(join(dist, name)).mtimeMs < begun - aDay
  for (const name of readdirSync(dist)) if (!made.has(name) && old(name)) rmSync(join(dist, name), { force: true })
}
