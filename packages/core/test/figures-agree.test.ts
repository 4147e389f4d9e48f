// What a plan counts and what its pages list are the same, after every decision and after other runs.

import { describe, expect, it } from 'vitest'
import { type Plan } from '../src/index.js'
import {
  group,
  jira as jiraAri,
  memoryWorld,
  organization,
  person,
  site,
  type MemoryWorld,
} from '../src/testing/index.js'
import { activeUsers, approveAndRun, by, inactiveUsers, syncAndPlan, worldOf } from './flow.js'

const scope = { site, product: 'jira-software' }
const revoke = { scope, actions: ['revoke-product-access'] }

/** Counts the accounts of the list by their reason. */
async function listed({ app }: Pick<MemoryWorld, 'app'>, { planId }: Plan) {
  const reasons = new Map<string, number>()
  let after: string | null | undefined
  while (after !== null) {
    const page = await app.planAccounts(planId, { part: 'excluded', limit: 25, ...(after ? { after } : {}) })
    for (const { reason } of page.people) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    after = page.next
  }
  return Object.fromEntries(reasons)
}

describe('a plan without some accounts', () => {
  it('frees only the seats of the accounts that it keeps', async () => {
    const world = worldOf(inactiveUsers(4))
    const old = await syncAndPlan(world, { scope: 'organization', actions: ['suspend-access'] })
    const { plan } = await world.app.exclude(old.planId, { accounts: ['inactive-1'] }, by)
    expect((await world.app.planSummary(old.planId)).frees).toEqual([{ ...scope, seats: 4 }])
    expect((await world.app.planSummary(plan.planId)).frees).toEqual([{ ...scope, seats: 3 }])
  })

  it('that undoes a run needs only the seats of the accounts that it keeps', async () => {
    const world = worldOf(inactiveUsers(4))
    const run = await approveAndRun(world.app, await syncAndPlan(world, revoke))
    const { plan: old } = await world.app.planUndo(run.runId, by)
    const { plan } = await world.app.exclude(old.planId, { accounts: ['inactive-1', 'inactive-3'] }, by)
    expect(old.seats?.map(({ needed }) => needed)).toEqual([4])
    expect(plan.seats).toEqual(old.seats?.map((one) => ({ ...one, needed: 2 })))
  })

  it('names the same limit in the count and in the list', async () => {
    const world = worldOf(inactiveUsers(6))
    const old = await syncAndPlan(world, { ...revoke, limits: { take: 4 } })
    const { plan } = await world.app.exclude(old.planId, { accounts: ['inactive-1'] }, by)
    const { people } = await world.app.planAccounts(plan.planId, { part: 'excluded', reason: 'beyond-take', limit: 9 })
    const said = plan.excluded.reasons.find(({ code }) => code === 'beyond-take')
    expect(said).toMatchObject({ accounts: 2, text: expect.stringContaining('the 4 least active') })
    expect(people.map(({ reason }) => reason)).toEqual([said?.text, said?.text])
  })
})

describe('the excluded accounts of a plan', () => {
  it.each([{}, { limits: { take: 2 } }])('stay those that it counts after another run: %j', async (changes) => {
    const world = worldOf(inactiveUsers(4))
    const plan = await syncAndPlan(world, { ...revoke, ...changes })
    const before = await listed(world, plan)
    const accounts = ['busy-0', 'busy-1', 'busy-2']
    const other = await world.app.planPicked({ action: 'revoke-product-access', ...scope, accounts }, by)
    expect((await approveAndRun(world.app, other.plan)).counts.applied).toBe(3)
    expect(Object.values(before).reduce((sum, count) => sum + count, 0)).toBe(plan.excluded.total)
    expect(await listed(world, plan)).toEqual(before)
  })

  it('of a limit are listed as they are counted, also those that no activity ranks', async () => {
    const world = worldOf([...inactiveUsers(3), person('never', { used: [] })])
    const plan = await syncAndPlan(world, { ...revoke, limits: { take: 1 } })
    const beyond = plan.excluded.reasons.find(({ code }) => code === 'beyond-take')
    expect(beyond?.accounts).toBe(3)
    expect((await listed(world, plan))[beyond?.text ?? '']).toBe(3)
  })
})

it('counts what a group of the protected list covers again after a run has added a member', async () => {
  const groups = [group('jira-users', { grants: [jiraAri], isDefault: true }), group('vip')]
  const people = [person('one', { groups: ['jira-users', 'vip'] }), ...inactiveUsers(2), ...activeUsers(60)]
  const world = memoryWorld(organization(people, { groups }))
  await world.app.sync(by)
  await world.app.protect({ subject: 'group:vip', reason: 'board' }, by)
  const covers = async () => (await world.app.coveredProtections()).map((one) => one.covers)
  expect(await covers()).toEqual([1])
  const { plan } = await world.app.planPicked({ action: 'add-to-group', group: 'vip', accounts: ['inactive-0'] }, by)
  expect((await approveAndRun(world.app, plan)).counts.applied).toBe(1)
  expect((await world.app.accounts({ inGroup: 'vip', limit: 9 })).total).toBe(2)
  expect(await covers()).toEqual([2])
})
