import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, openWorld, plan, refused, run, suspending, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F23: with fewer than two admins the guard refuses every plan that removes access', async () => {
  for (const account of world.simulator.organization.accounts
    .filter(({ orgRoles }) => orgRoles.has('atlassian/org-admin'))
    .slice(1))
    account.orgRoles.delete('atlassian/org-admin')
  const { plan: made } = await plan(world)
  expect(await refused(world, made)).toContain('too-few-admins')
})

it('F23: every path excludes admins and the requester, also when a person picks them', async () => {
  const admin =
    world.simulator.organization.accounts.find(({ orgRoles }) => orgRoles.has('atlassian/org-admin'))?.accountId ?? ''
  const { plan: made } = await plan(world)
  const requester = made.actions[0]?.accountId ?? ''
  const { app } = await world.process(world.keys.unscoped, [requester])
  const picked = await app.planPicked({ action: 'suspend-access', accounts: [admin, requester] }, by)
  expect(picked.plan.actions).toEqual([])
  const ended = await run({ app }, made)
  expect(ended.results.map(({ state, reason }) => reason ?? state)).toEqual(['is the requester', 'applied', 'applied'])
})

it.each([true, false])(
  'F23: a run excludes a direct admin of a product, with the deprecated list of roles and without: %s',
  async (deprecatedRoles) => {
    await world.control('behaviour', { deprecatedRoles })
    const { plan: made } = await plan(world, suspending)
    const [, admin] = made.actions.map(({ accountId }) => world.truth(accountId))
    const ari = world.simulator.organization.workspaces[0]?.ari ?? ''
    if (admin !== undefined) admin.direct = [{ ari, role: 'atlassian/admin', isDefault: false }]
    const ended = await run(world, made)
    expect(ended.results.map(({ state }) => state)).toEqual(['applied', 'skipped', 'applied'])
    expect(ended.results[1]?.reason).toContain('admin')
    expect(world.changesOf(admin?.accountId ?? '')).toBe(0)
  },
)
