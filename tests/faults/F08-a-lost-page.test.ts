import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, openWorld, plan, policy, refused, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld({ users: 250 })
})
afterEach(() => world.close())

it('F8: a lost page makes the snapshot incomplete, and the guard refuses every plan on it', async () => {
  const hits = await world.fault({ kind: 'drop-page', skip: 1, times: 1, match: { path: '/users/search' } })
  const { plan: made } = await plan(world)
  expect(await hits()).toBe(1)
  expect(await refused(world, made)).toContain('snapshot-incomplete')
  expect(await world.writes()).toEqual([])
})

it('F8: a repeated cursor ends the sync, and Rollcall plans nothing on it', async () => {
  const hits = await world.fault({ kind: 'repeat-cursor', times: -1, match: { path: '/users/search' } })
  await expect(world.app.sync(by)).rejects.toThrow('repeated')
  expect(await hits()).toBeGreaterThan(0)
  await expect(world.app.planFile(policy(), by)).rejects.toThrow('no snapshot')
})
