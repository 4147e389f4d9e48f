import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, openWorld, plan, policy, refused, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld({ users: 250 })
})
afterEach(() => world.close())

it('F8: a page that is lost makes a population that is incomplete, and every plan on it is refused', async () => {
  const hits = await world.fault({ kind: 'drop-page', skip: 1, times: 1, match: { path: '/users/search' } })
  const { plan: made } = await plan(world)
  expect(await hits()).toBe(1)
  expect(await refused(world, made)).toContain('snapshot-incomplete')
  expect(await world.writes()).toEqual([])
})

it('F8: a cursor that is repeated ends the sync, and nothing is planned on it', async () => {
  const hits = await world.fault({ kind: 'repeat-cursor', times: -1, match: { path: '/users/search' } })
  await expect(world.app.sync(by)).rejects.toThrow('repeated')
  expect(await hits()).toBeGreaterThan(0)
  await expect(world.app.planFile(policy(), by)).rejects.toThrow('no snapshot')
})
