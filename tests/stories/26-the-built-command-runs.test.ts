// The command in a clone runs a build of the current sources, and loads little code.

import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
let clone = ''
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'rollcall-clone-'))
  for (const name of ['node_modules', 'packages']) symlinkSync(join(root, name), join(clone, name))
  mkdirSync(join(clone, 'scripts'))
  for (const name of ['package.json', 'tsconfig.base.json', 'scripts/build-server.ts'])
    cpSync(join(root, name), join(clone, name))
  for (const name of ['package.json', 'tsconfig.json', 'bin', 'src'])
    cpSync(join(root, 'apps/server', name), join(clone, 'apps/server', name), { recursive: true })
})
afterAll(() => rmSync(clone, { recursive: true, force: true }))

const rollcall = (...words: readonly string[]) => {
  const bin = join(clone, 'apps/server/bin/rollcall.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], { encoding: 'utf8' })
  return { status, stdout, stderr }
}
const { version } = JSON.parse(readFileSync(join(root, 'apps/server/package.json'), 'utf8')) as { version: string }

it('builds when there is no build, says so, and does not build a second time', () => {
  const building = expect.stringMatching(/^Building rollcall/)
  expect(rollcall('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: building })
  expect(rollcall('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
})

it('builds again when a source is newer, so that an older build never runs', () => {
  const program = join(clone, 'apps/server/src/cli/program.ts')
  const changed = readFileSync(program, 'utf8').replace('Automated user management', 'Changed since it was built')
  writeFileSync(program, changed)
  expect(rollcall('help').stdout).toContain('Changed since it was built')
  expect(rollcall('help').stderr).toBe('')
})

it('runs the existing build when there are no sources', () => {
  rmSync(join(clone, 'apps/server/src'), { recursive: true })
  expect(rollcall('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
})

const kilobyte = 1024

/** The files that a command loads, without those of Node itself. */
function loadedBy(...words: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-loaded-'))
  try {
    const bin = join(root, 'apps/server/bin/rollcall.mjs')
    const env = { ...process.env, NODE_V8_COVERAGE: folder, ROLLCALL_DATABASE: join(folder, 'rollcall.db') }
    expect(spawnSync(process.execPath, [bin, ...words], { env, encoding: 'utf8' }).status).toBe(0)
    const reports = readdirSync(folder).filter((name) => name.startsWith('coverage-'))
    const urls = reports.flatMap((name) =>
      (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Coverage).result.map(({ url }) => url),
    )
    return urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
interface Coverage {
  readonly result: readonly { readonly url: string }[]
}

// `npm run bench -- start-up` measures the time. Most of that time goes into loading code, which this test counts.
it.each([
  ['--version', 900, []],
  ['help', 1200, []],
  ['limits', 1300, ['better-sqlite3', 'bindings', 'file-uri-to-path']],
] as const)('for %s it loads at most %i KB, and only these packages: %j', (word, most, packages) => {
  const files = loadedBy(word)
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  expect(files.some((file) => file.endsWith('dist/rollcall.mjs'))).toBe(true)
  expect(bytes).toBeLessThan(most * kilobyte)
  const used = files.flatMap((file) => /node_modules\/([^/]+)\//.exec(file)?.[1] ?? [])
  expect([...new Set(used)].toSorted()).toEqual(packages)
})
