import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

const deactivating = { scope: 'organization', actions: ['deactivate-account'], conditions: { 'inactive-for': '90d' } }
const suspending = { ...deactivating, actions: ['suspend-access'] }
const ids = ({ actions }: { readonly actions: readonly { readonly accountId: string }[] }) =>
  actions.map(({ accountId }) => accountId)

it('whose account is active on a site of another organization is not deactivated', async () => {
  world = await openWorld()
  const before = ids((await plan(world, deactivating)).plan)
  const [first = '', second = ''] = before
  await world.control(`accounts/${first}/activity`, { elsewhere: true })
  const { plan: after } = await plan(world, deactivating)
  expect(ids(after)).not.toContain(first)
  expect(ids(after)).toContain(second)
  expect(ids((await plan(world, { ...suspending, limits: { take: 200 } })).plan)).toContain(first)
  expect((await world.app.account(first)).lastActiveInAtlassian).toHaveProperty('at')
  await run(world, after)
  expect(world.truth(first)?.accountStatus).toBe('active')
  expect(world.truth(second)?.accountStatus).toBe('inactive')
})

it('a key that cannot list the managed accounts deactivates nobody, and all else works', async () => {
  world = await openWorld()
  await world.control('faults', {
    kind: 'status',
    status: 403,
    times: 99,
    match: { path: `/v1/orgs/${world.simulator.organization.id}/users` },
  })
  const { plan: made } = await plan(world, deactivating)
  expect(made.actions).toEqual([])
  expect(made.excluded.reasons.map(({ code }) => code)).toContain('activity-in-atlassian-unknown')
  expect((await plan(world, suspending)).plan.actions).not.toEqual([])
})

it('a sync of 10,000 accounts takes the pages of the accounts and of the managed ones, 2 % more, and 30', async () => {
  world = await openWorld({ users: 10_000 })
  const managed = world.simulator.organization.accounts.filter((one) => one.managed).length
  const before = Number((await world.control('calls'))['total'])
  expect(await world.app.sync('mia')).toMatchObject({ accounts: 10_000, complete: true })
  const calls = Number((await world.control('calls'))['total']) - before
  const pages = Math.ceil(10_000 / 100) + Math.ceil(managed / 100)
  expect(calls).toBeGreaterThanOrEqual(pages)
  expect(calls).toBeLessThanOrEqual(pages * 1.02 + 30)
}, 60_000)
