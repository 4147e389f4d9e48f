// The simulation of faults, a slice of it: npm run simulate-faults plays as many seeds as one likes.

import { beforeAll, describe, expect, it } from 'vitest'
import { bundle } from './bundle.js'
import { playAll, playIn, type Sum } from './crew.js'
import { mutants } from './mutants.js'
import { playSeed } from './seed.js'

const slice = 5000
/** The first seed that catches comes sooner, also for the rarest of the planted bugs. */
const mostSeeds = 8000
let sum: Sum
beforeAll(async () => {
  sum = await playAll(await bundle('core'), 1, slice)
}, 600_000)

it('no seed of the slice breaks an invariant', () => {
  expect(sum.seeds).toBe(slice)
  expect(sum.violations).toEqual([])
})

it('every fault of the table bit in the slice, and more than once', () => {
  expect(Object.entries(sum.bites).filter(([, count]) => count < 2)).toEqual([])
})

it('enough happened under them: people were changed, spared, refused, given back, rested for, and left alone', () => {
  const { applied, skipped, refused, undone, tookOver, rested, vetoes, quarantined, halted } = sum.tally
  for (const [count, least] of [
    [applied, slice],
    [skipped, slice / 10],
    [refused, slice / 10],
    [undone, slice / 10],
    [tookOver, slice],
    [rested, 50],
    [vetoes, 100],
    [quarantined, slice / 10],
    [halted, 50],
  ] as const)
    expect(count).toBeGreaterThanOrEqual(least)
})

it('the same seed leaves the same trace, byte for byte, in whatever order and process', async () => {
  const seeds = [3, 1, 7, 2, 11, 5]
  const here = new Map<number, string>()
  for (const seed of seeds) here.set(seed, (await playSeed(seed)).traceHash)
  for (const seed of seeds.toReversed()) expect((await playSeed(seed)).traceHash).toBe(here.get(seed))
  const there = new Map<number, string>()
  await playIn(await bundle('core'), 1, 11, ({ seed, traceHash }) => void there.set(seed, traceHash))
  for (const seed of seeds) expect([seed, there.get(seed)]).toEqual([seed, here.get(seed)])
}, 120_000)

describe('a planted bug is caught:', () => {
  it.each(Object.entries(mutants))(
    '%s',
    async (name, mutant) => {
      let [played, caught] = [0, false]
      await playIn(
        await bundle(name, mutant),
        1,
        mostSeeds,
        ({ violations }) => {
          played += 1
          caught ||= violations.length > 0
        },
        true,
      )
      expect([name, caught, played > 0]).toEqual([name, true, true])
    },
    300_000,
  )
})
