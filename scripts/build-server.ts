// Part of npm run build: the server and its command line, in parts that are loaded when a command needs them.

import { build, type Plugin } from 'esbuild'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const server = fileURLToPath(new URL('../apps/server', import.meta.url))
const dist = join(server, 'dist')
/** Names the sources that were built, and is as old as the beginning of the build: bin/rollcall.mjs compares them. */
const builtFrom = 'built-from.json'
const aDay = 86_400_000

/** The messages of zod in forty languages, of which English is used. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, ({ path }) => ({
      contents: `export { default as en } from './en.js'`,
      resolveDir: join(path, '..'),
    }))
  },
}

const isEntry = ({ path }: { readonly path: string }): boolean => basename(path) === 'rollcall.mjs'

/**
 * Builds; a vitest run does so before its first test, so that none runs against an older one. Each file appears whole, and
 * those of an earlier build stay for a day: a command that runs may load them yet.
 */
export default async function buildServer(): Promise<void> {
  const begun = Date.now()
  const { metafile, outputFiles } = await build({
    absWorkingDir: server,
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
  mkdirSync(dist, { recursive: true })
  const put = (name: string, contents: string | Uint8Array) => {
    const beside = join(dist, `${name}.${process.pid}`)
    writeFileSync(beside, contents)
    renameSync(beside, join(dist, name))
  }
  // The entry comes last: until then the one of the build before finds all its parts.
  const entryLast = outputFiles.toSorted((one, other) => Number(isEntry(one)) - Number(isEntry(other)))
  for (const { path, contents } of entryLast) put(basename(path), contents)
  const sources = Object.keys(metafile.inputs).filter((file) => !file.includes('node_modules/'))
  put(builtFrom, JSON.stringify([...sources, '../../scripts/build-server.ts']))
  utimesSync(join(dist, builtFrom), begun / 1000, begun / 1000)
  const made = new Set([...outputFiles.map(({ path }) => basename(path)), builtFrom])
  const old = (name: string) => (statSync(join(dist, name), { throwIfNoEntry: false })?.mtimeMs ?? begun) < begun - aDay
  for (const name of readdirSync(dist)) if (!made.has(name) && old(name)) rmSync(join(dist, name), { force: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildServer()
  const sizes = readdirSync(dist)
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => statSync(join(dist, name)).size)
  console.log(
    `apps/server/dist: ${sizes.length} files, ${Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024)} KB`,
  )
}
