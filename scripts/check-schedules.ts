// npm run check-schedules -- --cases 100000 [--seed 1] [--case N]: compares core's schedules with an oracle that shares no
// code with them. Two processes share the cases. Exits with 1 when a result differs, or when a kind of case never occurred.

import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { PrintedTally } from '../tests/schedules/compare.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    case: { type: 'string' },
  },
})
const [cases, seed, single] = [Number(values.cases), Number(values.seed), Number(values.case ?? -1)]
if (![cases, seed, single].every(Number.isInteger)) {
  console.error('Give whole numbers: --cases 100000 --seed 1 --case 283.')
  process.exit(2)
}

/** Runs one part of the cases in its own process. */
const work = (part: number, parts: number) =>
  new Promise<PrintedTally>((resolve, reject) => {
    const given = ['tests/schedules/check.ts', seed, cases, part, parts, single].map(String)
    const worker = spawn(process.execPath, ['--import', 'tsx', ...given], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    worker.stdout.on('data', (chunk: Buffer) => (text += chunk))
    worker.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(text) as PrintedTally) : reject(new Error(`A worker ended with ${code}.`)),
    )
  })

const begun = performance.now()
const parts = single >= 0 ? 1 : Math.min(2, availableParallelism())
const tallies = await Promise.all(Array.from({ length: parts }, (_, part) => work(part, parts)))

const differences = tallies.flatMap((tally) => tally.differences).sort((a, b) => a.number - b.number)
const zones = new Set(tallies.flatMap((tally) => tally.zones))
const all = Intl.supportedValuesOf('timeZone')
const hits = new Map<string, number>()
for (const [counter, count] of tallies.flatMap((tally) => tally.hits))
  hits.set(counter, (hits.get(counter) ?? 0) + count)

for (const { number, difference } of differences.slice(0, 10)) console.error(`case ${number}: ${difference}`)
const [first] = differences
if (first !== undefined && single < 0)
  console.error(`replay: npm run check-schedules -- --seed ${seed} --case ${first.number}`)
const missing = single >= 0 ? [] : [...hits].filter(([, count]) => count === 0).map(([counter]) => counter)
for (const counter of missing) console.error(`No case has ${counter}: compare more cases.`)
const seconds = Math.round((performance.now() - begun) / 1000)
console.log(
  `cases ${tallies.reduce((sum, tally) => sum + tally.cases, 0)}, seed ${seed}, ${seconds} s on ${parts} processes`,
)
console.log(`differences ${differences.length}`)
console.log(`zones ${zones.size} of ${all.length}`)
for (const [counter, count] of hits) console.log(`cases with ${counter} ${count}`)
process.exit(differences.length === 0 && missing.length === 0 ? 0 : 1)
