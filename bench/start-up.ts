// How long the built command takes to start, compared with an empty Node program.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { atMost, median, note, report } from './support/figures.js'

const rounds = 20
const bin = fileURLToPath(new URL('../apps/server/bin/rollcall.mjs', import.meta.url))
const programs = {
  empty: ['-e', '0'],
  version: [bin, '--version'],
  help: [bin, 'help'],
  limits: [bin, 'limits', '--json'],
} as const
type Program = keyof typeof programs
const names = Object.keys(programs) as readonly Program[]

const folder = mkdtempSync(join(tmpdir(), 'rollcall-start-'))
const env = { ...process.env, ROLLCALL_DATABASE: join(folder, 'rollcall.db') }
const measure = (name: Program): number => {
  const begun = performance.now()
  const { status, stderr } = spawnSync(process.execPath, programs[name], { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return performance.now() - begun
}
try {
  // The first round builds the server if needed, and creates the database.
  for (const name of names) measure(name)
  note(`start-up: ${rounds} rounds`)
  // The programs take turns, so that a busy machine slows all of them alike.
  const turns = Array.from({ length: rounds }, () => names.map((name) => [name, measure(name)] as const)).flat()
  const medianOf = (wanted: Program) => median(turns.flatMap(([name, ms]) => (name === wanted ? [ms] : [])))
  const empty = medianOf('empty')
  report(
    [
      atMost('rollcall --version compared with an empty program', medianOf('version') / empty, 3),
      atMost('rollcall help compared with an empty program', medianOf('help') / empty, 3),
      atMost('rollcall limits compared with an empty program', medianOf('limits') / empty, 3),
    ],
    Object.fromEntries(names.map((name) => [`${name}, milliseconds`, Math.round(medianOf(name))])),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
