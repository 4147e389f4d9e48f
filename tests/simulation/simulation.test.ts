// A slice of the simulation of faults; `npm run simulate-faults` plays any number of seeds.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBundler, type Bundler } from './bundle.js'
import { playAll, playIn, type Sum } from './crew.js'
import { playSeed } from './seed.js'

const slice = 1000
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
  // Nearly always, the slice is enough.
  for (let from = slice + 1; rare().length > 0 && from <= 5 * slice; from += slice / 2) {
    const more = await playAll(core, from, slice / 2)
    expect(more.violations).toEqual([])
    for (const name of Object.keys(occurrences) as (keyof typeof occurrences)[]) occurrences[name] += more.bites[name]
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
