// How long the built command takes to start, next to an empty program of Node. Printed by
//   node --import tsx tests/stories/start-up.ts

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../apps/server/bin/rollcall.mjs', import.meta.url))
const programs = {
  empty: ['-e', '0'],
  version: [bin, '--version'],
  help: [bin, 'help'],
  limits: [bin, 'limits', '--json'],
} as const
type Program = keyof typeof programs
const names = Object.keys(programs) as readonly Program[]

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

/** Milliseconds from start to end, as medians; the programs take turns, so that a busy machine slows all of them alike. */
export function measureStartUp(rounds = 20): Readonly<Record<Program, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-start-'))
  const env = { ...process.env, ROLLCALL_DATABASE: join(folder, 'rollcall.db') }
  const measure = (name: Program): number => {
    const begun = performance.now()
    const { status, stderr } = spawnSync(process.execPath, programs[name], { env, encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
    return performance.now() - begun
  }
  try {
    // The first one builds what is missing, and makes the database.
    for (const name of names) measure(name)
    const turns = Array.from({ length: rounds }, () => names.map((name) => [name, measure(name)] as const))
    const medianOf = (wanted: Program) => median(turns.flat().flatMap(([name, ms]) => (name === wanted ? [ms] : [])))
    return {
      empty: medianOf('empty'),
      version: medianOf('version'),
      help: medianOf('help'),
      limits: medianOf('limits'),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const measured = measureStartUp()
  for (const name of names)
    console.log(
      `${name.padEnd(8)} ${measured[name].toFixed(0).padStart(5)} ms   ${(measured[name] / measured.empty).toFixed(1)} times an empty program`,
    )
}
