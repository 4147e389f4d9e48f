// A slice of the simulation of faults; `npm run simulate-faults` plays any number of seeds.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBundler, type Bundler } from './bundle.js'
import { catches, load, readCatchingSeeds } from './catching-seeds.js'
import { notCaughtYet } from './not-caught-yet.js'
import { playAll, playIn, type Sum } from './crew.js'
import type { Bites } from './faults.js'
import { mutants } from './mutants.js'
import { playSeed } from './seed.js'

const slice = 1000
/** Seeds in which the rarest faults occurred; where a change of core has moved these faults, the search goes on. */
const likely = [1323, 1334, 1400, 1409, 2050, 2239]
const [searched, step] = [5000, 500]
let sum: Sum
let bundler: Bundler
let core: string
beforeAll(async () => {
  bundler = await openBundler()
  core = await bundler.bundle('core')
  sum = await playAll(core, 1, slice)
}, 600_000)
afterAll(() => bundler.close())

it('no seed of the slice breaks an invariant', () => {
  expect(sum.seeds).toBe(slice)
  expect(sum.violations).toEqual([])
})

it('every fault of the table occurs twice within 5,000 seeds', async () => {
  const occurrences = { ...sum.bites }
  const rare = () => Object.entries(occurrences).filter(([, count]) => count < 2)
  const add = (bites: Bites) => {
    for (const name of Object.keys(occurrences) as (keyof Bites)[]) occurrences[name] += bites[name]
  }
  for (const seed of likely) {
    const { violations, bites } = await playSeed(seed)
    expect(violations).toEqual([])
    add(bites)
  }
  // Most faults occur often in the slice; the search continues after it only for rare ones.
  for (let from = slice + 1; rare().length > 0 && from <= searched; from += step) {
    const more = await playAll(core, from, step)
    expect(more.violations).toEqual([])
    add(more.bites)
  }
  expect(rare()).toEqual([])
}, 600_000)

it('enough happened in the slice: changes, exclusions, refusals, undos, canary pauses and vetoes', () => {
  const { applied, skipped, refused, undone, tookOver, rested, vetoes, quarantined, halted } = sum.tally
  for (const [count, least] of [
    [applied, slice],
    [skipped, slice / 10],
    [refused, slice / 10],
    [undone, slice / 10],
    [tookOver, slice],
    [rested, slice / 40],
    [vetoes, slice / 20],
    [quarantined, slice / 10],
    [halted, slice / 40],
  ] as const)
    expect(count).toBeGreaterThanOrEqual(least)
})

it('the same seed leaves the same trace, byte for byte, in any order and process', async () => {
  const seeds = [3, 1, 7, 2, 11, 5]
  const here = new Map<number, string>()
  for (const seed of seeds) here.set(seed, (await playSeed(seed)).traceHash)
  for (const seed of seeds.toReversed()) expect((await playSeed(seed)).traceHash).toBe(here.get(seed))
  const there = new Map<number, string>()
  await playIn(core, 1, 11, ({ seed, traceHash }) => void there.set(seed, traceHash))
  for (const seed of seeds) expect([seed, there.get(seed)]).toEqual([seed, here.get(seed)])
}, 120_000)

describe('a remembered seed, which finds nothing without a bug, catches the planted bug:', () => {
  const remembered = readCatchingSeeds()

  it.each(Object.entries(mutants).filter(([name]) => !notCaughtYet.includes(name)))(
    '%s',
    async (name, mutant) => {
      const seeds = remembered[name] ?? []
      const planted = await load(await bundler.bundle(name, mutant))
      const sound = await load(core)
      let caughtBy: number | undefined
      for (const seed of seeds) if (caughtBy === undefined && (await catches(planted, seed))) caughtBy = seed
      if (caughtBy === undefined)
        throw new Error(
          seeds.length === 0
            ? `No seed is remembered that catches "${name}"; find some: npm run mutants -- --remember`
            : `None of the seeds ${seeds.join(', ')} catches "${name}" any more; find others: npm run mutants -- --remember`,
        )
      expect([caughtBy, await catches(sound, caughtBy)]).toEqual([caughtBy, false])
    },
    120_000,
  )

  it('every bug that is not caught yet exists, and has no remembered seed', () => {
    for (const name of notCaughtYet) expect([name, name in mutants, name in remembered]).toEqual([name, true, false])
  })

  it('no seed is remembered for a bug that does not exist', () => {
    expect(Object.keys(remembered).filter((name) => mutants[name] === undefined)).toEqual([])
  })
})
