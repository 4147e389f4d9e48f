// npm run mutants -- [--name TEXT] [--seeds N]: plants each mutant, and plays seeds in worlds that focus on what
// it breaks until one of them catches it. Fails when a mutant survives; prints the median, and writes the seeds into
// first-seeds.json, with which `npm test` begins.
// --where lists for each mutant the foci in which it shows, the best one first.
// --check only checks that each quoted line is still in its file.

import { parseArgs } from 'node:util'
import { openBundler } from './bundle.js'
import { firstCatch, load, readFirstSeeds, seedsUpTo, violationIn, writeFirstSeeds } from './catch.js'
import { mutants, type Mutant } from './mutants.js'
import { quotes, staleness } from './quotes.js'
import { foci } from './seed.js'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    name: { type: 'string', default: '' },
    where: { type: 'boolean', default: false },
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

const begun = performance.now()
const bundler = await openBundler()
const sound = await load(await bundler.bundle('core'))
const firsts: number[] = []
const remembered = new Map(Object.entries(readFirstSeeds()))
const survivors: string[] = []

async function judge(name: string, mutant: Mutant): Promise<void> {
  const planted = await load(await bundler.bundle(name, mutant))
  const caught = await firstCatch(planted, sound, mutant.shows, seedsUpTo(Number(values.seeds)))
  if (caught === undefined) survivors.push(name)
  else {
    firsts.push(caught.seed)
    remembered.set(name, caught.seed)
  }
  const result = caught === undefined ? 'SURVIVED' : `seed ${String(caught.seed).padStart(4)}`
  console.log(
    `${mutant.breaks.padEnd(4)} ${name.padEnd(60)} ${mutant.shows.padEnd(18)} ${result}  ${caught?.what.slice(0, 70) ?? ''}`,
  )
}

/** How many seeds to play in each focus, and then in the best ones. */
const [few, more, best] = [4, 20, 4]
async function find(name: string, mutant: Mutant): Promise<void> {
  const planted = await load(await bundler.bundle(name, mutant))
  const hitsIn = async (focus: string, seeds: number): Promise<number> => {
    let hits = 0
    for (let seed = 1; seed <= seeds; seed += 1) if ((await violationIn(planted, seed, focus)) !== undefined) hits += 1
    return hits
  }
  const ranked: (readonly [string, number])[] = []
  for (const focus of foci) ranked.push([focus, await hitsIn(focus, few)])
  const likely = ranked.filter(([, hits]) => hits > 0).toSorted(([, a], [, b]) => b - a)
  const found: (readonly [string, number])[] = []
  for (const [focus] of likely.slice(0, best)) found.push([focus, await hitsIn(focus, more)])
  found.sort(([, a], [, b]) => b - a)
  console.log(`${name}: ${found.map(([focus, hits]) => `${focus} ${hits} of ${more}`).join(', ') || 'nowhere'}`)
}

for (const [name, mutant] of Object.entries(mutants))
  if (name.includes(values.name)) await (values.where ? find(name, mutant) : judge(name, mutant))
await bundler.close()
firsts.sort((a, b) => a - b)
const median = firsts[Math.floor(firsts.length / 2)] ?? Infinity
if (!values.where) {
  const known = Object.keys(mutants).flatMap((name) => [[name, remembered.get(name)] as const])
  writeFirstSeeds(Object.fromEntries(known.filter((one): one is readonly [string, number] => one[1] !== undefined)))
  console.log(
    `${firsts.length} of ${firsts.length + survivors.length} mutants caught, median after ${median} seeds, in ${Math.round((performance.now() - begun) / 1000)} s`,
  )
}
process.exit(survivors.length > 0 ? 1 : 0)
