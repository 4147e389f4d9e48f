import { afterEach, expect, it } from 'vitest'
import { connect } from '@rollcall/server/connect'
import { by, host, openWorld, plan, policy, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

const jira = () =>
  world.simulator.organization.workspaces.find((one) => one.host === host && one.typeKey === 'jira-software')
const ask = async (path: string, body: unknown) => {
  const { url, organization } = world.simulator
  const headers = { authorization: `Bearer ${organization.keys.unscoped}`, 'content-type': 'application/json' }
  const response = await fetch(`${url}/admin${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect([path, response.ok]).toEqual([path, true])
}
/** Gives an account a direct role on a workspace, not through a group. */
function giveDirectly(accountId: string, ari: string, role: string) {
  const account = world.truth(accountId)
  if (account !== undefined) account.direct = [...account.direct, { ari, role, isDefault: false }]
}
/** Gives a group a role on a workspace. */
const giveToGroup = ({ id, directoryId }: { id: string; directoryId: string }, resourceId: string, roleId: string) =>
  ask(`/v2/orgs/${world.simulator.organization.id}/directories/${directoryId}/groups/${id}/role-assignments/assign`, {
    resourceId,
    roleId,
  })
/** Syncs and plans in a new process, which has no groups in its cache. */
async function planAfresh(changes: Record<string, unknown>) {
  const { app, close } = await connect(world.settings)
  await app.sync(by)
  return app.planFile(policy(changes), by).finally(close)
}
const suspending = { scope: 'organization', actions: ['suspend-access'], conditions: { 'inactive-for': '90d' } }

it('an account that is active only in a sandbox is not inactive', async () => {
  world = await openWorld()
  const { plan: before } = await plan(world, suspending)
  const accountId = before.actions[0]?.accountId ?? ''
  const sandbox = world.simulator.organization.workspaces.find((one) => one.sandbox)
  await world.control(`accounts/${accountId}/activity`, { workspace: sandbox?.ari })
  expect((await run(world, before)).counts.skipped).toBe(1)
  const { plan: after } = await plan(world, suspending)
  expect(after.actions.some((action) => action.accountId === accountId)).toBe(false)
})

it('a run skips accounts that became product admins after the plan was made, directly or through a group', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world, suspending)
  const [one, other] = made.actions
  giveDirectly(one?.accountId ?? '', jira()?.ari ?? '', 'atlassian/admin')
  const group = [...world.simulator.organization.groups.values()].find(({ name }) => name === 'contractors-keep')
  if (group === undefined) throw new Error('The simulated organization has no group contractors-keep.')
  await giveToGroup(group, jira()?.ari ?? '', 'atlassian/admin')
  const { id, directoryId } = group
  const path = `/v2/orgs/${world.simulator.organization.id}/directories/${directoryId}/groups/${id}/memberships`
  await ask(path, { accountId: other?.accountId })
  const { runId, counts } = await run(world, made)
  expect(counts.skipped).toBe(2)
  const reasons = (await world.app.results(runId)).flatMap(({ reason }) => reason ?? [])
  expect(reasons).toEqual(['product admin', 'product admin'])
  const { plan: again } = await planAfresh(suspending)
  expect(again.actions.some(({ accountId }) => accountId === other?.accountId)).toBe(false)
})

it('Rollcall removes no account from a group that also grants guest access to another product', async () => {
  world = await openWorld()
  const { plan: before } = await plan(world)
  expect(before.actions.length).toBe(8)
  const confluence = world.simulator.organization.workspaces.find((one) => one.typeKey === 'confluence')
  for (const group of world.simulator.organization.groups.values())
    if (!group.synced && group.grants.some(({ ari }) => ari === jira()?.ari))
      await giveToGroup(group, confluence?.ari ?? '', 'atlassian/guest')
  const { plan: after } = await planAfresh({})
  expect(after.actions).toEqual([])
})

it('an account with a direct role on the product keeps it, and the run reports it as skipped', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  const accountId = made.actions[0]?.accountId ?? ''
  giveDirectly(accountId, jira()?.ari ?? '', 'atlassian/user')
  const { counts } = await run(world, made)
  expect([counts.applied, counts.skipped]).toEqual([7, 1])
  expect(await world.writes()).not.toContain(accountId)
})

it('no account is reported as suspended while it is still active in another directory', async () => {
  world = await openWorld({ model: 'original' })
  await world.app.sync(by)
  const { plan: made } = await world.app.planFile(policy({ ...suspending, limits: { take: 15 } }), by)
  const { runId } = await run(world, made)
  for (const { accountId, state } of await world.app.results(runId)) {
    const memberships = [...(world.truth(accountId)?.memberships.values() ?? [])].map(({ status }) => status)
    expect([state, new Set(memberships)]).toEqual([state, new Set([state === 'applied' ? 'suspended' : 'active'])])
  }
})
