import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, openWorld, plan, policy, run, suspending, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F6: when a person restores an account right after the lost response, Rollcall leaves it alone for thirty days', async () => {
  const { plan: made } = await plan(world, { ...suspending, limits: { take: 1, unknown: 50 } })
  const [account = ''] = made.actions.map(({ accountId }) => accountId as string)
  await world.fault({ kind: 'timeout-after-effect', times: 1, match: { path: '/suspend' } })
  const { directory } = world.ports
  const send = directory.apply
  directory.apply = async (change, permit) => {
    directory.apply = send
    return send(change, permit).catch(async (error: unknown) => {
      await world.control(`accounts/${account}/restore`, {})
      throw error
    })
  }
  const ended = await run(world, made)
  expect(ended.results.map(({ state }) => state)).toEqual(['unknown'])
  expect(world.changesOf(account)).toBe(2) // Rollcall's change and the person's restore
  await world.app.sync(by)
  const again = await world.app.planFile(policy({ ...suspending, name: 'Again' }), by)
  expect(again.plan.actions.map(({ accountId }) => accountId as string)).not.toContain(account)
})
