// Every date from Atlassian passes one rule: a placeholder, a date in the future or a contradiction is unknown.

import { describe, expect, it } from 'vitest'
import {
  conditionsSchema,
  consider,
  day,
  hour,
  type Account,
  type Exclusion,
  type Instant,
  type LastActive,
} from '../src/index.js'
import { access, account, confluence, jira, testNow, type Person } from '../src/testing/index.js'
import { countInactive, isInactiveAnywhere } from '../src/sync/inactivity-stats.js'
import { inactiveFrom } from '../src/model/account.js'
import { approveAndRun, inactiveUsers, syncAndPlan, worldOf } from './flow.js'

const at = (instant: Instant): LastActive => ({ kind: 'at', at: instant })
const never = (since: Instant): LastActive => ({ kind: 'never', since })
const old = testNow - 300 * day
const placeholders = [0, 1, -1, Date.UTC(1900, 0, 1), Date.UTC(2001, 11, 31), -62_135_596_800_000]

const because = (one: Account, conditions: object): Exclusion['code'] | 'match' => {
  const judgement = consider(one, {
    scope: 'organization',
    conditions: conditionsSchema.parse(conditions),
    action: 'suspend-access',
    target: {},
    groups: [],
    protections: [],
    vetoes: [],
    requesters: [],
    now: testNow,
  })
  return judgement.matched ? 'match' : judgement.because.code
}
const each = [
  { 'inactive-for': '90d' },
  { 'never-active': '90d' },
  { 'last-active-before': '2026-06-01' },
  { 'added-before': '2026-06-01' },
  { not: { 'added-before': '2000-01-01' } },
  { not: { 'inactive-for': '5000d' } },
]
const unused = (addedAt: Instant) => account({ addedAt, products: [access({ lastActive: never(addedAt) })] })

describe('a joining date', () => {
  it.each(placeholders)('of %d excludes the account from every condition that uses it', (addedAt) => {
    for (const conditions of each)
      expect(because(unused(addedAt), conditions), JSON.stringify(conditions)).toMatch(/implausible/)
  })
  it('more than an hour in the future excludes the account, and within the hour it is only new', () => {
    expect(because(unused(testNow + 2 * hour), { 'inactive-for': '90d' })).toBe('added-date-in-future')
    expect(because(unused(testNow + hour / 2), { 'inactive-for': '90d' })).toBe('too-new')
  })
  it('later than the last activity excludes the account', () => {
    const contradictory = account({ addedAt: old + 2 * day, products: [access({ lastActive: at(old) })] })
    for (const conditions of [...each.slice(0, 1), ...each.slice(2)])
      expect(because(contradictory, conditions)).toBe('added-date-after-activity')
    const later = account({
      addedAt: old + 2 * day,
      products: [
        access({ lastActive: at(old) }),
        access({ workspace: confluence, product: 'confluence', lastActive: at(old + 9 * day) }),
      ],
    })
    expect(because(later, { 'inactive-for': '90d' })).toBe('match')
  })
  it('on the day of an activity without a time contradicts nothing', () => {
    const same = account({
      addedAt: old + 20 * hour,
      products: [access({ lastActive: { kind: 'at', at: old, dateOnly: true } })],
    })
    expect(because(same, { 'inactive-for': '90d' })).toBe('match')
  })
})

describe('an activity', () => {
  it.each(placeholders)('at %d makes no account inactive, in one product or everywhere', (instant) => {
    for (const products of [
      [access({ lastActive: at(instant) })],
      [
        access({ lastActive: at(old) }),
        access({ workspace: confluence, product: 'confluence', lastActive: at(instant) }),
      ],
    ])
      expect(because(account({ products }), { 'inactive-for': '90d' })).toBe('last-active-implausible')
    const elsewhere = account({ products: [access({ lastActive: at(old) })], elsewhere: at(instant) })
    expect(because(elsewhere, { 'inactive-for': '90d' })).toBe('last-active-implausible')
  })
  it.each(placeholders)('at %d counts as inactive in no list and no statistic', (instant) => {
    for (const last of [at(instant), never(instant)]) {
      const one = account({ addedAt: instant, products: [access({ lastActive: last })] })
      expect(inactiveFrom(last)).toBeUndefined()
      expect(isInactiveAnywhere(one, testNow)).toBe(false)
      for (const { inactive } of Object.values(countInactive({}, [one], testNow))) expect(Math.max(...inactive)).toBe(0)
    }
  })
})

describe('right before the change', () => {
  it.each<[string, Partial<Person>]>([
    ['a placeholder as the last activity', { used: new Map([[jira, at(0)]]) }],
    ['a placeholder as the joining date', { addedAt: 0 }],
    ['a joining date after the last activity', { addedAt: testNow - day }],
    ['a joining date in the future', { addedAt: testNow + day }],
    ['no real date for an API token', { tokenUsedAt: 0 }],
    ['the use of an API token in the future', { tokenUsedAt: testNow + 9 * day }],
  ])('%s excludes the account', async (_what, changes) => {
    const [one] = inactiveUsers(1)
    if (one === undefined) throw new Error('no user')
    const world = worldOf([one])
    const plan = await syncAndPlan(world, { scope: 'organization', actions: ['suspend-access'] })
    expect(plan.actions).toHaveLength(1)
    world.organization.people.set(one.accountId, { ...one, ...changes })
    const run = await approveAndRun(world.app, plan)
    expect((await world.app.results(run.runId)).map(({ state }) => state)).toEqual(['skipped'])
    expect(world.directory.arrived).toEqual([])
  })

  it('a date in the future excludes the account already in the plan, since it may hide a use', async () => {
    const [one] = inactiveUsers(1)
    if (one === undefined) throw new Error('no user')
    const world = worldOf([{ ...one, used: new Map([[jira, at(testNow + 9 * day)]]) }])
    await world.app.sync('mia')
    const { plan } = await world.app.planPicked({ accounts: [one.accountId], action: 'suspend-access' }, 'mia')
    expect(plan.actions).toEqual([])
    expect(plan.excludedAccounts?.map(({ reason }) => reason.code)).toEqual(['active-since-plan'])
  })
})
