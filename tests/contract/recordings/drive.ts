// A short tour of its own, so that there is always something to judge: cleanups, their undo, and refusals.

import { openWorld, plan, policy, run, type World } from '../../stories/world.js'

const organization = { scope: 'organization', limits: { take: 2 } }
const activities: readonly Readonly<Record<string, unknown>>[] = [
  { limits: { take: 2 } },
  { ...organization, name: 'Suspend', actions: ['suspend-access'] },
  {
    ...organization,
    name: 'Deactivate',
    actions: ['deactivate-account'],
    conditions: { all: [{ 'inactive-for': '90d' }, { managed: true }] },
  },
]

/** Cleans up by each kind of action, and takes it back. */
async function cleanUp(world: World): Promise<void> {
  for (const changes of activities) {
    const { plan: made } = await plan(world, changes)
    if (made.actions.length === 0) throw new Error(`The plan of ${policy(changes).name} is empty.`)
    const { runId } = await run(world, made)
    const { plan: undo } = await world.app.planUndo(runId, 'mia')
    await run(world, undo)
  }
}

type Ask = (key: string, method: string, path: string, body?: unknown) => Promise<number>

/** Asks what the simulator offers besides, then what is refused: a wrong key, one with scopes, no seats, too often. */
async function askAround({ simulator, control }: World): Promise<void> {
  const { id, keys, groups, accounts, workspaces } = simulator.organization
  const ask: Ask = async (key, method, path, body) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const { status } = await fetch(`${simulator.url}${path}`, { method, headers, ...sent })
    return status
  }
  const [v1, v2] = [`/admin/v1/orgs/${id}`, `/admin/v2/orgs/${id}`]
  const group = [...groups.values()].find(({ name }) => name === 'empty-group')
  const granting = new Set([...groups.values()].flatMap((one) => (one.grants.length > 0 ? [one.id] : [])))
  const person = accounts.find(
    ({ managed, synced, orgRoles, groups: own, accountStatus }) =>
      managed &&
      !synced &&
      orgRoles.size === 0 &&
      accountStatus === 'active' &&
      [...own].some((one) => granting.has(one)),
  )
  const admin = accounts.find(({ orgRoles }) => orgRoles.size > 0)
  const accountId = encodeURIComponent(person?.accountId ?? '')
  const reads = [
    ['GET', v1],
    ['GET', `${v1}/users`],
    ['GET', `${v1}/directory/users/${accountId}/last-active-dates`],
    ['GET', `${v2}/directories`],
    ['POST', `${v2}/workspaces`, {}],
    ['POST', `${v2}/directories/-/users/search`, {}],
    ['GET', `${v2}/directories/-/users/count`],
    ['GET', `${v2}/directories/-/users/${encodeURIComponent(admin?.accountId ?? '')}/role-assignments`],
    ['POST', `${v2}/directories/-/groups/search`, {}],
    ['GET', `${v2}/directories/-/groups/${group?.id}`],
    ['GET', `${v2}/directories/-/groups/${group?.id}/role-assignments`],
    ['GET', `/users/${accountId}/manage?privileges=lifecycle.enablement`],
  ] as const
  const here = `${v2}/directories/${group?.directoryId}`
  const writes = [
    ['POST', `${here}/users/${accountId}/suspend`],
    ['POST', `${here}/users/${accountId}/restore`],
    ['POST', `${here}/groups/${group?.id}/memberships`, { accountId: person?.accountId }],
    ['DELETE', `${here}/groups/${group?.id}/memberships/${accountId}`],
    ['DELETE', `${here}/groups/${group?.id}/memberships/${accountId}`],
    ['POST', `/users/${accountId}/manage/lifecycle/disable`, {}],
    ['POST', `/users/${accountId}/manage/lifecycle/enable`],
  ] as const
  const askAll = async (key: string) => {
    for (const [method, path, body] of [...reads, ...writes]) await ask(key, method, path, body)
  }
  for (const key of [keys.unscoped, keys.scoped, 'no such key']) await askAll(key)
  for (const [method, path, body] of reads) await ask(keys.unscoped, method, path.replace(id, 'elsewhere'), body)
  await ask(keys.unscoped, ...writes[0])
  for (const workspace of workspaces) workspace.capacity = 0
  await ask(keys.unscoped, ...writes[1])
  await control('rate-limit', { perWindow: 0, windowMs: 60_000, retryAfter: true })
  await askAll(keys.unscoped)
}

/** Takes the tour. */
export async function drive(): Promise<void> {
  const world = await openWorld({ users: 120 })
  try {
    await cleanUp(world)
    await askAround(world)
  } finally {
    await world.close()
  }
}
