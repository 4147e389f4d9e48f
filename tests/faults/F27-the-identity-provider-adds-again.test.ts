import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, openWorld, plan, run, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const groupsOf = ({ simulator }: World, id: string) => simulator.organization.byId.get(id)?.groups

it('F27: when access comes back, Rollcall notices it, tries once more after thirty days, and then never again', async () => {
  const { plan: made } = await plan(world, { limits: { take: 1, percent: 20 } })
  const account = made.actions[0]?.accountId ?? ''
  const before = new Set(groupsOf(world, account))
  const addAgain = () => before.forEach((group) => groupsOf(world, account)?.add(group))
  await run(world, made)
  addAgain()
  await world.app.sync(by)
  const taken = async () => {
    const picked = {
      action: 'revoke-product-access' as const,
      accounts: [account as string],
      site: 'acme.atlassian.net',
    }
    return (await world.app.planPicked({ ...picked, product: 'jira-software' }, by)).plan
  }
  expect((await taken()).actions).toEqual([])
  await world.system.wait(31 * 86_400_000)
  await world.app.sync(by)
  expect((await run(world, await taken())).counts.applied).toBe(1)
  addAgain()
  await world.app.sync(by)
  await world.system.wait(300 * 86_400_000)
  await world.app.sync(by)
  const last = await taken()
  expect([last.actions, last.excluded.reasons]).toMatchObject([[], [{ code: 'restored-repeatedly', accounts: 1 }]])
})
