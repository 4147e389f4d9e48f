// The command in a clone: what runs is what was built from the sources that are there, and it starts quickly.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { measureStartUp } from './start-up.js'

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

it('builds where nothing was built, says so, and builds no second time', () => {
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

it('runs what was built where there are no sources', () => {
  rmSync(join(clone, 'apps/server/src'), { recursive: true })
  expect(rollcall('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
})

const [fewRounds, patience] = [7, 240_000]
it(
  'starts in at most three times the time of an empty program',
  () => {
    const { empty, ...commands } = measureStartUp(fewRounds)
    for (const [name, ms] of Object.entries(commands)) expect([name, ms / empty]).toSatisfy(([, times]) => times <= 3)
  },
  patience,
)
