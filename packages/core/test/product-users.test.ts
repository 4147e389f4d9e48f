// The users of one product: the list, a plan for everybody in it, and a policy with that scope mean the same people; and
// the list of everybody shows as many as the chart counts.

import { describe, expect, it } from 'vitest'
import { day, type LastActive, viewExcluded } from '../src/index.js'
import { confluence, jira, person, policy, site, testNow, type PersonChanges } from '../src/testing/index.js'
import { by, worldOf } from './flow.js'

const place = { site, product: 'jira-software' }
const ago = (days: number): LastActive => ({ kind: 'at', at: testNow - days * day })
const unknown: LastActive = { kind: 'unknown', why: 'no answer' }
const using = (onJira: LastActive | undefined, elsewhere: LastActive | undefined): PersonChanges => ({
  groups: ['jira-users', 'confluence-users'],
  used: [
    ...(onJira === undefined ? [] : [[jira, onJira] as const]),
    ...(elsewhere === undefined ? [] : [[confluence, elsewhere] as const]),
  ],
})
const population = [
  person('works-elsewhere', using(ago(200), ago(1))),
  person('never-here', using(undefined, ago(1))),
  person('works-here', using(ago(1), ago(200))),
  person('quiet', using(ago(150), ago(200))),
  person('odd-here', using(unknown, ago(200))),
  person('odd-elsewhere', using(ago(200), unknown)),
  person('new-here', { ...using(undefined, undefined), addedAt: testNow - 30 * day }),
  person('no-jira', { groups: ['confluence-users'], used: [[confluence, ago(200)]] }),
  person('of-a-date', using({ kind: 'at', at: testNow - 90 * day, dateOnly: true }, undefined)),
]
const inactiveHere = ['never-here', 'odd-elsewhere', 'quiet', 'works-elsewhere']

async function open() {
  const world = worldOf(population)
  await world.app.sync(by)
  return world
}
const idsOf = (accounts: readonly { readonly accountId: string }[]) => accounts.map((one) => one.accountId).toSorted()

describe('the users of a product who were not active for 90 days', () => {
  it('are those who did not use it, whatever else they use; of whom that is unknown is not among them', async () => {
    const { accounts, total } = await (await open()).app.accounts({ ...place, inactiveFor: '90d' })
    expect(idsOf(accounts)).toEqual(inactiveHere)
    expect(total).toBe(inactiveHere.length)
  })

  it('are those whom a policy with that scope and the same condition matches', async () => {
    const { plan } = await (await open()).app.planFile(policy({ conditions: { 'inactive-for': '90d' } }), by)
    expect(idsOf(plan.actions)).toEqual(inactiveHere)
  })

  it('stay the same whatever else is asked, in the list as by the policy', async () => {
    const { app } = await open()
    const all = [{ 'inactive-for': '90d' }, { status: 'active' }, { managed: true }, { 'in-group': 'jira-users' }]
    const { accounts } = await app.accounts({
      ...place,
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

  it('are spared by the policy, which says why, where a group of theirs grants more than the product', async () => {
    const world = worldOf([person('in-both', { ...using(ago(200), ago(200)), groups: ['all-in-one'] }), ...population])
    await world.app.sync(by)
    const { plan } = await world.app.planFile(policy(), by)
    expect(idsOf(plan.actions)).toEqual(inactiveHere)
    expect(viewExcluded(plan.excluded).byReason).toMatchObject({ 'in a group that also grants other products': 1 })
  })

  it('are all in a plan for everybody who matches', async () => {
    const { app } = await open()
    const matching = { ...place, inactiveFor: '90d' }
    const { plan } = await app.planMatching({ action: 'revoke-product-access', ...place, matching }, by)
    expect(idsOf(plan.actions)).toEqual(inactiveHere)
  })

  it('come in the order of its use, the never-active first', async () => {
    const { accounts } = await (await open()).app.accounts({ ...place, inactiveFor: '90d', sort: 'lastActive' })
    expect(accounts.map((one) => one.accountId)).toEqual(['never-here', 'odd-elsewhere', 'works-elsewhere', 'quiet'])
  })

  it('are others than those who were not active anywhere, which is what a product without a site asks for', async () => {
    const { app } = await open()
    const { accounts } = await app.accounts({ product: 'jira-software', inactiveFor: '90d' })
    expect(idsOf(accounts)).toEqual(['quiet'])
  })
})

describe('not active for so many days', () => {
  it('is measured up to the roll, and not beyond: what came after it nobody knows', async () => {
    const world = await open()
    const listed = async () => idsOf((await world.app.accounts({ ...place, inactiveFor: '120d' })).accounts)
    const before = await listed()
    world.system.advance(60 * day)
    expect(await listed()).toEqual(before)
    await world.app.sync(by)
    expect((await listed()).length).toBeGreaterThan(before.length)
  })

  it.each([1, 30, 31, 89, 90, 150, 199, 200, 365])(
    'shows as many people in the list as the chart counts for %i days, the never-active by their joining',
    async (days) => {
      const { app } = await open()
      const { days: used, neverFor } = await app.activity()
      const counted = [...used, ...neverFor].reduce((sum, { ago: is, count }) => (is >= days ? sum + count : sum), 0)
      const { total } = await app.accounts({ status: 'active', inactiveFor: `${days}d` })
      expect(total).toBe(counted)
    },
  )

  it('is counted anew where an earlier version has left out how long the never-active are there', async () => {
    const world = await open()
    const { neverFor, ...former } = await world.app.activity()
    await world.ports.store.putSetting('activity', JSON.stringify(former))
    expect((await world.process().app.activity()).neverFor).toEqual(neverFor)
  })
})
