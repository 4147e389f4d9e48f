// npm run mutants -- [--seeds N] [--from K] [--name TEXT] [--first] [--jobs N]: plants each mutant and counts the seeds
// that catch it; --first stops at the first seed. Fails when a mutant survives.
// --remember writes the seeds that catch into catching-seeds.json. It searches only for mutants of which at least half
// of the remembered seeds catch nothing any more; --anew searches for all.
// --check only checks that each quoted line is still in its file.

import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { openBundler } from './bundle.js'
import { catches, load, readCatchingSeeds, writeCatchingSeeds } from './catching-seeds.js'
import { playIn } from './crew.js'
import { mutants, type Mutant } from './mutants.js'
import { quotes, staleness } from './quotes.js'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    name: { type: 'string', default: '' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    first: { type: 'boolean', default: false },
    remember: { type: 'boolean', default: false },
    anew: { type: 'boolean', default: false },
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

/** How many seeds to remember for each mutant, and how far to search for them after the first one. */
const [rememberedSeeds, searchedAfterFirst] = [5, 500]
const [seeds, from] = [Number(values.seeds), Number(values.from)]
const begun = performance.now()
const bundler = await openBundler()
const remembered: Record<string, readonly number[]> = { ...readCatchingSeeds() }

interface Judged {
  readonly played: number
  readonly caughtBy: readonly number[]
  readonly what: string
}

const sound = await load(await bundler.bundle('core'))
/** Leaves out seeds in which the code without the bug breaks a promise as well; they prove nothing about the bug. */
async function soundOnes(caughtBy: readonly number[]): Promise<readonly number[]> {
  const kept: number[] = []
  for (const seed of caughtBy) if (!(await catches(sound, seed))) kept.push(seed)
  return kept
}

async function searchFrom(begin: number, file: string): Promise<Judged> {
  const caughtBy: number[] = []
  let [played, what] = [0, '']
  await playIn(file, begin, from + seeds - begin, ({ seed, violations: [violation] }) => {
    played += 1
    if (violation !== undefined) {
      caughtBy.push(seed)
      what ||= violation
    }
    const [first] = caughtBy
    if (first === undefined) return undefined
    const found = caughtBy.length >= rememberedSeeds || seed >= first + searchedAfterFirst
    return values.first || (values.remember && found) ? 'enough' : undefined
  })
  return { played, caughtBy, what }
}

async function search(file: string): Promise<Judged> {
  for (let begin = from; ;) {
    const judged = await searchFrom(begin, file)
    const last = judged.caughtBy.at(-1)
    // To remember seeds, a search ends early, and goes on when none of them was sound.
    const caughtBy = values.remember ? await soundOnes(judged.caughtBy) : judged.caughtBy
    if (last === undefined || caughtBy.length > 0) return { ...judged, caughtBy }
    begin = last + 1
  }
}

/** The remembered seeds that still catch the mutant, if they are more than half. */
async function replay(name: string, file: string): Promise<Judged | undefined> {
  const known = remembered[name] ?? []
  const caughtBy: number[] = []
  const planted = await load(file)
  for (const seed of await soundOnes(known)) if (await catches(planted, seed)) caughtBy.push(seed)
  const still = caughtBy.length * 2 > known.length
  return still ? { played: known.length, caughtBy, what: 'remembered' } : undefined
}

const waiting = Object.entries(mutants).filter(([name]) => name.includes(values.name))
const firsts: number[] = []
const survivors: string[] = []

async function judge(name: string, mutant: Mutant): Promise<void> {
  const file = await bundler.bundle(name, mutant)
  const known = values.remember && !values.anew ? await replay(name, file) : undefined
  const { played, caughtBy, what } = known ?? (await search(file))
  const [first] = caughtBy
  if (first === undefined) survivors.push(name)
  else firsts.push(first - from + 1)
  if (values.remember) {
    remembered[name] = caughtBy
    writeCatchingSeeds(remembered)
  }
  const result = first === undefined ? 'SURVIVED' : `first ${String(first).padStart(5)}`
  console.log(
    `${mutant.breaks.padEnd(4)} ${name.padEnd(52)} caught by ${String(caughtBy.length).padStart(5)} of ${played}, ${result}  ${what.slice(0, 70)}`,
  )
}

async function work(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await judge(...next)
}
await Promise.all(Array.from({ length: Number(values.jobs) }, work))
await bundler.close()
firsts.sort((a, b) => a - b)
const median = firsts[Math.floor(firsts.length / 2)] ?? Infinity
console.log(
  `${firsts.length} of ${firsts.length + survivors.length} mutants caught, median after ${median} seeds, in ${Math.round((performance.now() - begun) / 1000)} s`,
)
process.exit(survivors.length > 0 ? 1 : 0)
