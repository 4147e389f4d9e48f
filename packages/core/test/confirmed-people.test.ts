// Confirmed people: an admin says that an account which looks like a service account is a person.

import { describe, expect, it } from 'vitest'
import { UsageError } from '../src/index.js'
import { person } from '../src/testing/index.js'
import { approveAndRun, by, factsOf, inactiveUsers, worldOf } from './flow.js'

/** Two inactive accounts that look like service accounts, among enough others for the limits. */
const suspects = () => [
  ...inactiveUsers(2),
  person('ci', { name: 'Ci Servicekonto', inactiveDays: 200 }),
  person('bot', { name: 'Deploy Bot', inactiveDays: 200 }),
]
const pick = { action: 'suspend-access' as const, accounts: ['ci', 'bot'] }

async function synced(people = suspects()) {
  const world = worldOf(people)
  await world.app.sync(by)
  return world
}

describe('a confirmed person', () => {
  it('is no longer excluded as a likely service account, in plans, lists and at the change; others still are', async () => {
    const world = await synced()
    await world.app.confirmPerson('ci', 'Ci works in Hanoi', by)
    const { plan } = await world.app.planPicked({ ...pick, accounts: [...pick.accounts] }, by)
    expect(plan.actions.map(({ accountId }) => accountId)).toEqual(['ci'])
    expect((await world.app.accounts({ search: 'servicekonto' })).accounts[0]?.protected).toBeNull()
    expect((await world.app.account('ci')).account.protected).toBeNull()
    const { accounts, total } = await world.app.automaticProtections({ limit: 9 })
    expect([accounts.map(({ accountId }) => accountId), total]).toEqual([['admin-1', 'admin-2', 'bot'], 3])
    const { runId } = await approveAndRun(world.app, plan)
    expect(await world.app.results(runId)).toMatchObject([{ accountId: 'ci', state: 'applied' }])
  })

  it.each([
    ['admins', { platformRoles: ['atlassian/org-admin'] }, 'admin'],
    ['app accounts', { accountType: 'app' }, 'account-type'],
  ])('stays protected like other %s', async (_who, changes, code) => {
    const world = await synced()
    await world.app.confirmPerson('ci', 'a person', by)
    Object.assign(world.organization.people.get('ci') ?? {}, changes)
    await world.app.sync(by)
    const { plan } = await world.app.planPicked({ ...pick, accounts: ['ci'] }, by)
    const { people } = await world.app.planAccounts(plan.planId, { part: 'excluded', limit: 9 })
    expect(people.map((one) => one.code)).toEqual([code])
  })

  it('stays protected by the protected list', async () => {
    const world = await synced()
    await world.app.confirmPerson('ci', 'a person', by)
    await world.app.protect({ subject: 'ci', reason: 'on leave' }, by)
    const { plan } = await world.app.planPicked({ ...pick, accounts: ['ci'] }, by)
    const { people } = await world.app.planAccounts(plan.planId, { part: 'excluded', limit: 9 })
    expect(people.map((one) => one.code)).toEqual(['protected'])
  })

  it('is protected again once an admin takes it back, also from a plan that was made before', async () => {
    const world = await synced()
    await world.app.confirmPerson('ci', 'a person', by)
    const { plan } = await world.app.planPicked({ ...pick, accounts: ['ci'] }, by)
    await world.app.unconfirmPerson('ci', 'it is a machine after all', by)
    const { refusals } = await world.app.showPlan(plan.planId)
    expect(refusals.map(({ code }) => code)).toContain('fingerprint-mismatch')
    const again = await world.app.planPicked({ ...pick, accounts: ['ci'] }, by)
    expect(again.plan.actions).toEqual([])
    expect(await world.app.confirmedPeople()).toEqual([])
    const facts = (await factsOf(world.app)).filter(({ event }) => event.startsWith('person-'))
    expect(facts).toMatchObject([
      { event: 'person-confirmed', subject: 'ci', reason: 'a person', actor: by },
      { event: 'person-removed', subject: 'ci', reason: 'it is a machine after all', actor: by },
    ])
  })

  it('who is taken back during a run is left out of it', async () => {
    const world = await synced()
    await world.app.confirmPerson('ci', 'a person', by)
    const { plan } = await world.app.planPicked({ ...pick, accounts: ['ci'] }, by)
    const approved = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint, accepted: [] }, by)
    if (!('run' in approved)) throw new Error('the plan was refused')
    const { runId } = approved.run
    await world.app.unconfirmPerson('ci', '', by)
    await world.app.work(runId, { until: Infinity })
    expect(await world.app.results(runId)).not.toMatchObject([{ state: 'applied' }])
    expect(world.directory.calls('apply')).toBe(0)
  })
})

it.each([
  ['an unknown account', 'nobody', /has no account nobody/],
  ['an account that does not look like a machine', 'inactive-0', /does not look like a service account/],
  ['an app account', 'app', /as an app account/],
])('refuses to confirm %s', async (_what, id, why) => {
  const world = await synced([...suspects(), { ...person('app', { name: 'Deploy Bot' }), accountType: 'app' }])
  const before = (await factsOf(world.app)).length
  await expect(world.app.confirmPerson(id, 'x', by)).rejects.toThrow(why)
  await expect(world.app.confirmPerson(id, 'x', by)).rejects.toThrow(UsageError)
  expect([await world.app.confirmedPeople(), (await factsOf(world.app)).length]).toEqual([[], before])
})

it('keeps what all admins confirm at the same time, and confirms nobody while the list is unreadable', async () => {
  const world = await synced()
  await Promise.all(['ci', 'bot'].map((id) => world.process().app.confirmPerson(id, 'a person', by)))
  expect((await world.app.confirmedPeople()).map(({ accountId }) => accountId)).toEqual(['bot', 'ci'])
  await world.ports.store.putSetting('confirmed-people', '[{"half": ')
  const { plan } = await world.app.planPicked({ ...pick, accounts: [...pick.accounts] }, by)
  expect(plan.actions).toEqual([])
})

it('holds at most ten thousand people', async () => {
  const world = await synced()
  const many = Array.from({ length: 10_000 }, (_, n) => ({ accountId: `p${n}`, reason: 'x', by, at: 1 }))
  await world.ports.store.putSetting('confirmed-people', JSON.stringify(many))
  await expect(world.app.confirmPerson('ci', 'a person', by)).rejects.toThrow('10,000 accounts are confirmed')
  await world.app.unconfirmPerson('p7', '', by)
  await world.app.confirmPerson('ci', 'a person', by)
  expect(await world.app.confirmedPeople()).toHaveLength(10_000)
})

it('refuses to take back what nobody confirmed', async () => {
  const world = await synced()
  await expect(world.app.unconfirmPerson('bot', '', by)).rejects.toThrow('Nobody has confirmed bot as a person')
})
