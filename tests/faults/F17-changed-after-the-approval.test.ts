import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, openWorld, plan, policy, refused, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it.each<[string, (world: World, account: string) => unknown, string]>([
  [
    'the protected list has changed',
    ({ app }, id) => app.protect({ subject: id, reason: 'leave' }, by),
    'protected-list-changed',
  ],
  ['the limits have changed', ({ app }) => app.setLimits({ percent: 4 }, by), 'limits-changed'],
  ['the plan is older than a day', ({ system }) => system.wait(25 * 3_600_000), 'plan-expired'],
  [
    'the stored plan was altered',
    ({ driver }) =>
      driver
        .prepare(
          `update plans set doc = replace(doc, '"take"', '"took"'), doc = replace(doc, 'inactive-for', 'managed')`,
        )
        .run(),
    'plan-altered',
  ],
])('F17: a plan is refused when %s', async (_what, change, name) => {
  const { plan: made } = await plan(world)
  await change(world, made.actions[0]?.accountId ?? '')
  expect(await refused(world, made)).toContain(name)
  expect(await world.writes()).toEqual([])
})

it('F17: a plan is refused when its policy has changed', async () => {
  await world.app.sync(by)
  await world.app.importPolicy(policy(), by)
  await world.app.enablePolicy(policy().name, by)
  const { plan: made } = await world.app.planStored(policy().name, by)
  await world.app.importPolicy(policy({ limits: { take: 2 } }), by)
  await world.app.enablePolicy(policy().name, by)
  expect(await refused(world, made)).toContain('policy-changed')
})
