// A short tour of the API, so that there is always something to judge: cleanups, their undo, and refusals.

import { endpointsOf, type Request } from './endpoints.js'
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

/** Cleans up with each kind of action, and undoes it. */
async function cleanUp(world: World): Promise<void> {
  for (const changes of activities) {
    const { plan: made } = await plan(world, changes)
    if (made.actions.length === 0) throw new Error(`The plan of ${policy(changes).name} is empty.`)
    const { runId } = await run(world, made)
    const { plan: undo } = await world.app.planUndo(runId, 'mia')
    await run(world, undo)
  }
}

const headersOf = (key: string) => ({ authorization: `Bearer ${key}`, 'content-type': 'application/json' })
const nobody = '00000000-0000-4000-8000-000000000000'

/** Sends a request to each endpoint of the simulator, then requests that it refuses: wrong keys, no seats, too many. */
async function askAround({ simulator, control }: World): Promise<void> {
  const { id, keys, workspaces, accounts } = simulator.organization
  for (const account of accounts) account.tokens = [{ id: 'token', label: 'script', createdAt: '2026-01-01T00:00:00Z' }]
  const requests = endpointsOf(simulator)
  const ask = async (key: string, [method, path, body]: Request) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    await (await fetch(`${simulator.url}${path}`, { method, headers: headersOf(key), ...sent })).arrayBuffer()
  }
  const askAll = async (key: string, change = (path: string) => path) => {
    for (const [method, path, body] of requests) await ask(key, [method, change(path), body])
  }
  await askAll('no such key')
  await askAll(keys.scoped)
  await askAll(keys.unscoped, (path) =>
    path.replace(id, nobody).replace(/^(\/users|\/ex\/jira)\/[^/]+/, `$1/${nobody}`),
  )
  for (const [method, path] of requests)
    if (method === 'GET' && path.startsWith('/admin/'))
      await ask(keys.unscoped, [method, path.replace(id, 'elsewhere')])
  const suspend = requests.find(([, path]) => path.endsWith('/suspend'))
  const restore = requests.find(([, path]) => path.endsWith('/restore'))
  if (suspend === undefined || restore === undefined) throw new Error('The tour lacks suspend and restore.')
  await ask(keys.unscoped, suspend)
  const capacities = workspaces.map(({ capacity }) => capacity)
  for (const workspace of workspaces) workspace.capacity = 0
  await ask(keys.unscoped, restore)
  for (const [index, workspace] of workspaces.entries()) workspace.capacity = capacities[index] ?? null
  await askAll(keys.unscoped)
  const events = await fetch(`${simulator.url}/admin/v1/orgs/${id}/events`, { headers: headersOf(keys.unscoped) })
  const { data } = (await events.json()) as { readonly data: readonly { readonly id: string }[] }
  await ask(keys.unscoped, ['GET', `/admin/v1/orgs/${id}/events/${data[0]?.id}`])
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
