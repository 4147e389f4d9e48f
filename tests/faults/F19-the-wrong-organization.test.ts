import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, openWorld, plan, policy, refused, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F19: the guard refuses a plan when its organization was renamed in the meantime', async () => {
  const { plan: made } = await plan(world)
  Object.assign(world.simulator.organization, { name: 'Another' })
  expect(await refused(world, made)).toEqual(['wrong-organization'])
})

it('F19: Rollcall refuses another organization id before it reads anything', async () => {
  const { app } = await world.process(world.keys.unscoped, [], '00000000-0000-4000-8000-000000000000')
  await expect(app.sync(by)).rejects.toThrow()
  expect(await world.writes()).toEqual([])
})

it('F19: a site that the organization does not have is a usage error, which lists its sites', async () => {
  await world.app.sync(by)
  const scope = { site: 'nowhere.atlassian.net', product: 'jira-software' }
  await expect(world.app.planFile(policy({ scope }), by)).rejects.toThrow('it has')
})
