// The users of one product: the list, a plan for the list and a policy with that scope select the same accounts, and
// the list of all accounts has as many entries as the chart counts.

import { describe, expect, it } from 'vitest'
import { day, type LastActive, viewExcluded } from '../src/index.js'
import { confluence, jira, person, policy, site, testNow, type PersonChanges } from '../src/testing/index.js'
import { by, worldOf } from './flow.js'

const target = { site, product: 'jira-software' }
const ago = (days: number): LastActive => ({ kind: 'at', at: testNow - days * day })
const unknown: LastActive = { kind: 'unknown', why: 'no answer' }
const lastUsed = (onJira: LastActive | undefined, elsewhere: LastActive | undefined): PersonChanges => ({
  groups: ['jira-users', 'confluence-users'],
  used: [
    ...(onJira === undefined ? [] : [[jira, onJira] as const]),
    ...(elsewhere === undefined ? [] : [[confluence, elsewhere] as const]),
  ],
})
const population = [
  person('works-elsewhere', lastUsed(ago(200), ago(1))),
  person('never-here', lastUsed(undefined, ago(1))),
  person('works-here', lastUsed(ago(1), ago(200))),
  person('inactive', lastUsed(ago(150), ago(200))),
  person('odd-here', lastUsed(unknown, ago(200))),
  person('odd-elsewhere', lastUsed(ago(200), unknown)),
  person('new-here', { ...lastUsed(undefined, undefined), addedAt: testNow - 30 * day }),
  person('no-jira', { groups: ['confluence-users'], used: [[confluence, ago(200)]] }),
  person('of-a-date', lastUsed({ kind: 'at', at: testNow - 90 * day, dateOnly: true }, undefined)),
]
const inactiveHere = ['inactive', 'never-here', 'odd-elsewhere', 'works-elsewhere']

async function open() {
  const world = worldOf(population)
  await world.app.sync(by)
  return world
}
const idsOf = (accounts: readonly { readonly accountId: string }[]) => accounts.map((one) => one.accountId).toSorted()

describe('the users of a product who were inactive for 90 days', () => {
  it('are those who did not use this product, whatever else they use, without accounts whose activity is unknown', async () => {
    const { accounts, total } = await (await open()).app.accounts({ ...target, inactiveFor: '90d' })
    expect(idsOf(accounts)).toEqual(inactiveHere)
    expect(total).toBe(inactiveHere.length)
  })

  it('are the accounts that a policy with that scope and the same condition matches', async () => {
    const { plan } = await (await open()).app.planFile(policy({ conditions: { 'inactive-for': '90d' } }), by)
    expect(idsOf(plan.actions)).toEqual(inactiveHere)
  })

  it('stay the same in the list and in the policy when further conditions apply to all of them', async () => {
    const { app } = await open()
    const all = [{ 'inactive-for': '90d' }, { status: 'active' }, { managed: true }, { 'in-group': 'jira-users' }]
    const { accounts } = await app.accounts({
      ...target,
      inactiveFor: '90d',
      status: 'active',
      managed: true,
      inGroup: 'jira-users',
      sort: 'lastActive',
    })
    const { plan } = await app.planFile(policy({ conditions: { all } }), by)
    expect(idsOf(accounts)).toEqual(inactiveHere)
    expect(idsOf(plan.actions)).toEqual(inactiveHere)
  })

  it('are excluded by the policy, with a reason, when one of their groups also grants another product', async () => {
    const world = worldOf([
      person('in-both', { ...lastUsed(ago(200), ago(200)), groups: ['all-in-one'] }),
      ...population,
    ])
    await world.app.sync(by)
    const { plan } = await world.app.planFile(policy(), by)
    expect(idsOf(plan.actions)).toEqual(inactiveHere)
    expect(viewExcluded(plan.excluded).byReason).toMatchObject({ 'in a group that also grants other products': 1 })
  })

  it('are all in a plan for the accounts that match the filter', async () => {
    const { app } = await open()
    const matching = { ...target, inactiveFor: '90d' }
    const { plan } = await app.planMatching({ action: 'revoke-product-access', ...target, matching }, by)
    expect(idsOf(plan.actions)).toEqual(inactiveHere)
  })

  it('are sorted by last use of the product, the never-active first', async () => {
    const { accounts } = await (await open()).app.accounts({ ...target, inactiveFor: '90d', sort: 'lastActive' })
    expect(accounts.map((one) => one.accountId)).toEqual(['never-here', 'odd-elsewhere', 'works-elsewhere', 'inactive'])
  })

  it('differ from the accounts that were inactive in every product, which a filter without a site selects', async () => {
    const { app } = await open()
    const { accounts } = await app.accounts({ product: 'jira-software', inactiveFor: '90d' })
    expect(idsOf(accounts)).toEqual(['inactive'])
  })
})

describe('the inactive-for filter', () => {
  it('measures inactivity up to the snapshot, because later activity is unknown', async () => {
    const world = await open()
    const listed = async () => idsOf((await world.app.accounts({ ...target, inactiveFor: '120d' })).accounts)
    const before = await listed()
    world.system.advance(60 * day)
    expect(await listed()).toEqual(before)
    await world.app.sync(by)
    expect((await listed()).length).toBeGreaterThan(before.length)
  })

  it.each([1, 30, 31, 89, 90, 150, 199, 200, 365])(
    'lists as many accounts as the chart counts for %i days, and dates the never-active by the day they joined',
    async (days) => {
      const { app } = await open()
      const { days: used, neverFor } = await app.activity()
      const counted = [...used, ...neverFor].reduce((sum, { ago: is, count }) => (is >= days ? sum + count : sum), 0)
      const { total } = await app.accounts({ status: 'active', inactiveFor: `${days}d` })
      expect(total).toBe(counted)
    },
  )

  it('is counted again when an earlier version stored no ages of the never-active', async () => {
    const world = await open()
    const { neverFor, ...former } = await world.app.activity()
    await world.ports.store.putSetting('activity', JSON.stringify(former))
    expect((await world.process().app.activity()).neverFor).toEqual(neverFor)
  })
})
