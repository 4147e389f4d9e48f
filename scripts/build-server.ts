// Part of npm run build: bundles the server and its command line into parts that a command loads when it needs them.

import { build, type Plugin } from 'esbuild'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const server = fileURLToPath(new URL('../apps/server', import.meta.url))
const dist = join(server, 'dist')
/** Lists the sources of the build, with the time of its beginning, so that bin/rollcall.mjs can find newer sources. */
const builtFrom = 'built-from.json'
const aDay = 86_400_000

/** Zod has messages in forty languages; this leaves only English. */
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
 * Builds the server. A vitest run does so before its first test, so that no test uses an older build. Each file is replaced
 * at once, and files of an earlier build stay for a day, because a running command may still load them.
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
    // It loads a native file from its own folder.
    external: ['better-sqlite3'],
    plugins: [englishOnly],
    // Some libraries are CommonJS, and load Node's modules with `require`.
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
    },
  })
  mkdirSync(dist, { recursive: true })
  const put = (name: string, contents: string | Uint8Array) => {
    const temporary = join(dist, `${name}.${process.pid}`)
    writeFileSync(temporary, contents)
    renameSync(temporary, join(dist, name))
  }
  // The entry comes last, because until then the earlier entry still finds all its parts.
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
