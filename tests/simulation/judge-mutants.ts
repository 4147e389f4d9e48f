// npm run mutants -- [--seeds N] [--from K] [--name TEXT] [--first]: plants each mutant and counts the seeds that catch
// it; --first stops with the first of them. Fails when one survives. --check only looks whether each quoted line is
// still in its file.

import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { bundle } from './bundle.js'
import { playIn } from './crew.js'
import { mutants } from './mutants.js'
import { quotes, staleness } from './quotes.js'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    name: { type: 'string', default: '' },
    first: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})
if (values.check) {
  const stale = quotes.flatMap((quote) => {
    const why = staleness(quote)
    return why === undefined ? [] : [`STALE ${quote.of}: ${why}\n  ${quote.text}`]
  })
  for (const line of stale) console.log(line)
  console.log(`${quotes.length} quotes, ${stale.length} stale`)
  process.exit(stale.length > 0 ? 1 : 0)
}
const [seeds, from] = [Number(values.seeds), Number(values.from)]
const waiting = Object.entries(mutants).filter(([name]) => name.includes(values.name))
const firsts: number[] = []
const survivors: string[] = []
const begun = performance.now()

async function judge(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, mutant] = next
    let [played, caught, first, what] = [0, 0, 0, '']
    const file = await bundle(name, mutant)
    await playIn(
      file,
      from,
      seeds,
      ({ violations }) => {
        played += 1
        if (violations.length === 0) return
        caught += 1
        if (first === 0) [first, what] = [played, violations[0] ?? '']
      },
      values.first,
    )
    if (first === 0) survivors.push(name)
    else firsts.push(first)
    const said = first === 0 ? 'SURVIVED' : `first ${String(first).padStart(5)}`
    console.log(
      `${mutant.breaks.padEnd(4)} ${name.padEnd(52)} caught by ${String(caught).padStart(5)} of ${played}, ${said}  ${what.slice(0, 70)}`,
    )
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, judge))
firsts.sort((a, b) => a - b)
const median = firsts[Math.floor(firsts.length / 2)] ?? Infinity
console.log(
  `${firsts.length} of ${firsts.length + survivors.length} mutants caught, median after ${median} seeds, in ${Math.round((performance.now() - begun) / 1000)} s`,
)
process.exit(survivors.length > 0 ? 1 : 0)
