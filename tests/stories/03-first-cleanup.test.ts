import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('a run revokes the product from exactly the planned accounts, once each, and frees their seats', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  const ended = await run(world, made)
  expect([ended.status, ended.counts.applied]).toEqual(['finished', made.actions.length])
  expect(new Set(await world.writes())).toEqual(new Set(made.actions.map(({ accountId }) => accountId)))
  const jira = made.actions[0]?.target.workspace ?? ''
  const { groups } = world.simulator.organization
  for (const { accountId } of made.actions)
    for (const id of world.truth(accountId)?.groups ?? [])
      expect(groups.get(id)?.grants.map(({ ari }) => ari)).not.toContain(jira)
})
