// The simulation catches every planted bug; `npm run mutants` prints after how many seeds.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBundler, type Bundler } from './bundle.js'
import { firstCatch, load, type Player, readFirstSeeds, seedsUpTo } from './catch.js'
import { mutants } from './mutants.js'
import { foci } from './seed.js'

/** How many seeds a planted bug may survive in worlds that focus on what it breaks. */
const mostSeeds = 600
/** Where to begin, so that few seeds are played; after a change of core the others are. */
const first = readFirstSeeds()
let bundler: Bundler
let sound: Player
beforeAll(async () => {
  bundler = await openBundler()
  sound = await load(await bundler.bundle('sound'))
})
afterAll(() => bundler.close())

it.each(Object.entries(mutants))(
  'a seed that finds nothing without it catches the planted bug: %s',
  async (name, mutant) => {
    const planted = await load(await bundler.bundle(name, mutant))
    const caught = await firstCatch(planted, sound, mutant.shows, [first[name] ?? 1, ...seedsUpTo(mostSeeds)])
    const others = `find other worlds: npm run mutants -- --where --name '${name}'`
    expect(caught, `No seed catches it in worlds that focus on ${mutant.shows}; ${others}`).toBeDefined()
  },
  120_000,
)

it('every planted bug shows in worlds with a focus that exists', () => {
  for (const [name, { shows }] of Object.entries(mutants)) expect([name, foci.includes(shows)]).toEqual([name, true])
})
