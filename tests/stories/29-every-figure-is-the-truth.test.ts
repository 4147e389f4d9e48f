// One organization through sync, run and undo: the figures of the command line and of the app are those that the
// simulator knows, at each stage, without a new sync after the run.

import { afterEach, expect, it } from 'vitest'
import { json } from './command.js'
import { by, host, onForge, openWorld, plan, policy, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

interface TrueAccount {
  readonly accountId: string
  readonly status: string
  readonly access: readonly string[]
}

/** What the simulator knows: who has a seat of Jira, and the accounts by status. */
async function truth() {
  const { workspaces } = (await world.control('organization')) as {
    workspaces: { ari: string; typeKey: string; host: string }[]
  }
  const jira = workspaces.find((one) => one.host === host && one.ari.includes(':jira-software:'))?.ari ?? ''
  const { accounts } = (await world.control('accounts')) as { accounts: TrueAccount[] }
  const of = (status: string) => accounts.filter((one) => one.status === status).length
  const holders = accounts.filter(({ access }) => access.includes(jira)).length
  return { holders, active: of('active'), suspended: of('suspended'), deactivated: of('deactivated') }
}

/** The same figures, from every place that shows them. */
async function shown() {
  const { app } = world
  const isJira = (one: { site: string; product: string }) => one.site === host && one.product === 'jira-software'
  const { people, seats } = await app.overview()
  const total = async (filter: object) => (await app.accounts({ limit: 1, ...filter })).total
  const page = {
    list: await total({ site: host, product: 'jira-software' }),
    licenses: (await app.licenses()).find(isJira),
    overview: seats.find(isJira)?.used,
    history: (await app.seatHistory()).at(-1)?.seats.find(isJira)?.used,
    active: [people?.active, await total({ status: 'active' }), (await app.activity()).people],
    suspended: [people?.suspended, await total({ status: 'suspended' })],
    deactivated: [people?.deactivated, await total({ status: 'deactivated' })],
  }
  if (onForge) return { page, command: undefined }
  const listed = await json<{ total: number }>(world, ['accounts', '--site', host, '--product', 'jira-software'])
  const bought = await json<{ site: string; product: string; used: number }[]>(world, ['licenses'])
  return { page, command: { list: listed.total, licenses: bought.find(isJira)?.used } }
}

async function agrees() {
  const { holders, active, suspended, deactivated } = await truth()
  const { page, command } = await shown()
  expect(page).toMatchObject({
    list: holders,
    licenses: { used: holders },
    overview: holders,
    history: holders,
    active: [active, active, active],
    suspended: [suspended, suspended],
    deactivated: [deactivated, deactivated],
  })
  expect(page.licenses).not.toHaveProperty('listed')
  if (command !== undefined) expect(command).toEqual({ list: holders, licenses: holders })
  return holders
}

it('every figure is the truth after sync, run and undo', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  const before = await agrees()
  expect(made.population).toBe(before)
  const { runId, counts } = await run(world, made)
  expect(counts.applied).toBeGreaterThan(0)
  expect(await agrees()).toBe(before - counts.applied)
  const again = (await world.app.planFile(policy(), by)).plan
  expect(again.population).toBe(before - counts.applied)
  const results = await world.app.results(runId)
  const changed = new Set(results.filter(({ state }) => state === 'applied').map(({ accountId }) => accountId))
  expect(again.actions.filter(({ accountId }) => changed.has(accountId))).toEqual([])
  await run(world, (await world.app.planUndo(runId, by)).plan)
  expect(await agrees()).toBe(before)
  await world.app.sync(by)
  expect(await agrees()).toBe(before)
})
