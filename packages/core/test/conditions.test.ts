// Conditions: each gives match, no match or undetermined. Undetermined never matches, not even under `not`.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Account,
  type ConditionId,
  conditionIds,
  day,
  hour,
  judge,
  type LastActive,
  lastActiveAnywhere,
  minute,
} from '../src/index.js'
import { describeConditions } from '../src/policy/condition-tree.js'
import { access, account, confluence, group, policy, site, testNow } from '../src/testing/index.js'

const jiraScope = { site, product: 'jira-software' }
const verdictOf = (conditions: unknown, one: Account) =>
  judge(policy({ conditions }).conditions, one, { now: testNow, scope: jiraScope }).kind
const ago = (length: number): LastActive => ({ kind: 'at', at: testNow - length })
const using = (lastActive: LastActive, changes: Partial<Account> = {}) =>
  account({ products: [access({ lastActive })], ...changes })
const never = (since: number): Partial<Account> => ({
  addedAt: since,
  products: [access({ lastActive: { kind: 'never', since } })],
})
const unknown: LastActive = { kind: 'unknown', why: 'not sent' }

describe('inactive-for 90d, with a margin of a day because Atlassian may be a day late,', () => {
  const edge = 91 * day
  it.each([
    ['matches', 'a millisecond beyond 91 days', using(ago(edge + 1)), 'match'],
    ['does not match', 'at 91 days', using(ago(edge)), 'no-match'],
    ['does not match', 'between 90 and 91 days', using(ago(90 * day + hour)), 'no-match'],
    ['does not match', 'today', using(ago(0)), 'no-match'],
    [
      'matches',
      'a date without time beyond 92 days',
      using({ kind: 'at', at: testNow - edge - day - 1, dateOnly: true }),
      'match',
    ],
    [
      'does not match',
      'a date without time at 92 days',
      using({ kind: 'at', at: testNow - edge - day, dateOnly: true }),
      'no-match',
    ],
    ['matches', 'never active and added beyond 91 days', account(never(testNow - edge - 1)), 'match'],
    ['does not match', 'never active and added at 91 days', account(never(testNow - edge)), 'no-match'],
    [
      'does not match',
      'an account younger than the threshold',
      using({ kind: 'never', since: testNow - 89 * day }, { addedAt: testNow - 89 * day }),
      'no-match',
    ],
    ['is undetermined for', 'unknown activity', using(unknown), 'undetermined'],
    ['is undetermined for', 'an unknown day of joining', using(ago(200 * day), { addedAt: undefined }), 'undetermined'],
    ['is undetermined for', 'activity more than an hour in the future', using(ago(-hour - 1)), 'undetermined'],
    ['does not match', 'activity a little in the future, when clocks differ', using(ago(-hour)), 'no-match'],
    [
      'is undetermined for',
      'an account that was added in the future',
      using(ago(200 * day), { addedAt: testNow + 2 * hour }),
      'undetermined',
    ],
    ['is undetermined for', 'activity in 1970', using({ kind: 'at', at: minute }), 'undetermined'],
    ['is undetermined for', 'a product that the account does not have', account(), 'undetermined'],
  ])('%s %s', (_verb, _what, one, expected) => {
    expect(verdictOf({ 'inactive-for': '90d' }, one)).toBe(expected)
  })

  it('considers only the product of the scope', () => {
    const one = account({
      products: [access(), access({ workspace: confluence, product: 'confluence', lastActive: ago(0) })],
    })
    expect(verdictOf({ 'inactive-for': '90d' }, one)).toBe('match')
    expect(
      judge(policy({ conditions: { 'inactive-for': '90d' } }).conditions, one, { now: testNow, scope: undefined }).kind,
    ).toBe('no-match')
  })
})

it('inactive-for is undetermined when any product has a placeholder date', () => {
  const one = account({
    products: [
      access({ lastActive: { kind: 'at', at: minute } }),
      access({ workspace: confluence, product: 'confluence', lastActive: ago(100 * day) }),
    ],
  })
  const { conditions } = policy({ conditions: { 'inactive-for': '90d' } })
  expect(judge(conditions, one, { now: testNow, scope: undefined }).kind).toBe('undetermined')
})

describe('last active anywhere', () => {
  const newestOf = (...all: LastActive[]) =>
    lastActiveAnywhere(account({ products: all.map((lastActive) => access({ lastActive })) }))
  it('is the newest of all products', () => expect(newestOf(ago(9), ago(1), ago(5))).toEqual(ago(1)))
  it('is unknown when one product is unknown', () => expect(newestOf(ago(9), unknown)).toEqual(unknown))
  it('prefers any activity to none', () =>
    expect(newestOf({ kind: 'never', since: testNow - 5 }, ago(9))).toEqual(ago(9)))
  it('is never, since joining, without any activity', () =>
    expect(newestOf()).toEqual({ kind: 'never', since: account().addedAt }))
  it('is unknown without any activity and without a day of joining', () =>
    expect(lastActiveAnywhere(account({ addedAt: undefined })).kind).toBe('unknown'))
})

describe('the other conditions', () => {
  const jiraUsers = { id: group('Jira-Users').id, name: 'Jira-Users' }
  it.each([
    [
      'never-active matches an account that never was active',
      { 'never-active': '30d' },
      account(never(testNow - 32 * day)),
      'match',
    ],
    [
      'never-active accepts its age as a member, too',
      { 'never-active': { age: '30d' } },
      account(never(testNow - 32 * day)),
      'match',
    ],
    [
      'never-active does not match a new account',
      { 'never-active': '30d' },
      account(never(testNow - 30 * day)),
      'no-match',
    ],
    [
      'never-active does not match an account that was active once',
      { 'never-active': '30d' },
      using(ago(900 * day)),
      'no-match',
    ],
    ['never-active is undetermined for unknown activity', { 'never-active': '30d' }, using(unknown), 'undetermined'],
    [
      'last-active-before matches beyond the margin',
      { 'last-active-before': '2026-03-31' },
      using({ kind: 'at', at: Date.UTC(2026, 2, 29, 23) }),
      'match',
    ],
    [
      'last-active-before is undetermined for every account when its date is in the future',
      { 'last-active-before': '2099-01-01' },
      using(ago(300 * day)),
      'undetermined',
    ],
    [
      'last-active-before does not match inside the margin',
      { 'last-active-before': '2026-03-31' },
      using({ kind: 'at', at: Date.UTC(2026, 2, 30) }),
      'no-match',
    ],
    ['in-group matches in any case', { 'in-group': 'jira-USERS' }, account({ groups: [jiraUsers] }), 'match'],
    ['in-group does not match part of a name', { 'in-group': 'jira' }, account({ groups: [jiraUsers] }), 'no-match'],
    ['email-domain matches the domain', { 'email-domain': 'ACME.example' }, account(), 'match'],
    [
      'email-domain does not match a longer domain',
      { 'email-domain': 'acme.example' },
      account({ email: 'a@not-acme.example' }),
      'no-match',
    ],
    [
      'email-domain does not match a subdomain',
      { 'email-domain': 'acme.example' },
      account({ email: 'a@eu.acme.example' }),
      'no-match',
    ],
    [
      'email-domain is undetermined without an address',
      { 'email-domain': 'acme.example' },
      account({ email: '' }),
      'undetermined',
    ],
    ['email-matches supports the star', { 'email-matches': 'person.*@*.example' }, account(), 'match'],
    ['email-matches takes a dot literally', { 'email-matches': 'personX1@acme.example' }, account(), 'no-match'],
    ['email-matches covers the whole address', { 'email-matches': 'person' }, account(), 'no-match'],
    [
      'email-matches is undetermined without an address',
      { 'email-matches': '*' },
      account({ email: '' }),
      'undetermined',
    ],
    ['managed: true matches managed accounts', { managed: true }, account(), 'match'],
    ['managed: false does not', { managed: false }, account(), 'no-match'],
    ['managed: false matches external accounts', { managed: false }, account({ managed: false }), 'match'],
    ['status active', { status: 'active' }, account(), 'match'],
    ['status suspended', { status: 'suspended' }, account({ membershipStatus: 'suspended' }), 'match'],
    ['status deactivated', { status: 'deactivated' }, account({ accountStatus: 'inactive' }), 'match'],
    [
      'status matches nothing for an account outside the directory',
      { status: 'active' },
      account({ membershipStatus: 'no_membership' }),
      'no-match',
    ],
    [
      'status is undetermined for a value that Rollcall does not know',
      { status: 'active' },
      account({ membershipStatus: 'unknown' }),
      'undetermined',
    ],
    [
      'has-product matches on any site',
      { 'has-product': 'jira-software' },
      account({ products: [access({ site: 'eu.atlassian.net' })] }),
      'match',
    ],
    [
      'has-product does not match another product',
      { 'has-product': 'confluence' },
      account({ products: [access()] }),
      'no-match',
    ],
    [
      'not has-product is undetermined while some products are unknown',
      { not: { 'has-product': 'confluence' } },
      account({ products: [access()], elsewhere: { kind: 'unknown', why: 'no product access was sent' } }),
      'undetermined',
    ],
    [
      'added-before matches the day before',
      { 'added-before': '2024-01-01' },
      account({ addedAt: Date.UTC(2024, 0, 1) - 1 }),
      'match',
    ],
    [
      'added-before does not match the day itself',
      { 'added-before': '2024-01-01' },
      account({ addedAt: Date.UTC(2024, 0, 1) }),
      'no-match',
    ],
    [
      'added-before is undetermined for an unknown day',
      { 'added-before': '2024-01-01' },
      account({ addedAt: undefined }),
      'undetermined',
    ],
    [
      'added-before is undetermined for a day in the future',
      { 'added-before': '2024-01-01' },
      account({ addedAt: testNow + day }),
      'undetermined',
    ],
  ])('%s', (_name, conditions, one, expected) => {
    expect(verdictOf(conditions, one)).toBe(expected)
  })
})

describe('all, any and not', () => {
  const [yes, no, undetermined] = [{ managed: true }, { managed: false }, { 'inactive-for': '90d' }]
  const one = using(unknown)
  it.each([
    ['all of only matches is a match', { all: [yes, yes] }, 'match'],
    [
      'all with one that does not match is no match, even with an undetermined one',
      { all: [undetermined, no] },
      'no-match',
    ],
    ['all with one undetermined is undetermined', { all: [yes, undetermined] }, 'undetermined'],
    ['any with a match is a match, even with an undetermined one', { any: [undetermined, yes] }, 'match'],
    ['any without a match and with one undetermined is undetermined', { any: [no, undetermined] }, 'undetermined'],
    ['any without a match is no match', { any: [no, no] }, 'no-match'],
    ['not of a match is no match', { not: yes }, 'no-match'],
    ['not of no match is a match', { not: no }, 'match'],
    ['not of undetermined stays undetermined', { not: undetermined }, 'undetermined'],
    ['not of not of undetermined stays undetermined', { not: { not: undetermined } }, 'undetermined'],
    ['not of any with one undetermined stays undetermined', { not: { any: [no, undetermined] } }, 'undetermined'],
  ])('%s', (_name, conditions, expected) => {
    expect(verdictOf(conditions, one)).toBe(expected)
  })

  it('are described in words', () => {
    const { conditions } = policy({
      conditions: { all: [{ 'inactive-for': '90d' }, { any: [{ managed: true }, { not: { 'in-group': 'vip' } }] }] },
    })
    expect(describeConditions(conditions)).toBe('inactive for 90 days or more and (managed or not in group vip)')
  })

  it('have a distinct description for every condition', () => {
    const values: Readonly<Record<ConditionId, unknown>> = {
      'inactive-for': '90d',
      'never-active': '30d',
      'last-active-before': '2026-01-01',
      'in-group': 'vip',
      'email-domain': 'acme.example',
      'email-matches': '*@acme.example',
      managed: true,
      status: 'active',
      'has-product': 'jira',
      'added-before': '2026-01-01',
    }
    const phrases = conditionIds.map((id) =>
      describeConditions(policy({ conditions: { [id]: values[id] } }).conditions),
    )
    expect(new Set(phrases).size).toBe(10)
  })
})

const timeConditions = fc.constantFrom(
  { 'inactive-for': '90d' },
  { 'never-active': '30d' },
  { 'last-active-before': '2026-06-01' },
)
const tree: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    timeConditions,
    fc.record({ not: tie('tree') }),
    fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
  ),
})).tree

const mixedTree = tree.chain((inner) =>
  fc.constantFrom(
    { any: [{ managed: true }, inner] },
    { all: [{ managed: false }, inner] },
    { not: { any: [inner, { managed: true }] } },
  ),
)

it('unknown activity never matches any tree of conditions about activity', () => {
  const one = using(unknown)
  fc.assert(
    fc.property(tree, (conditions) => {
      expect(verdictOf(conditions, one)).not.toBe('match')
    }),
    { numRuns: 300 },
  )
})

it('a verdict without activity data never changes when the data arrives', () => {
  fc.assert(
    fc.property(fc.oneof(mixedTree, tree), fc.integer({ min: 0, max: 900 }), (conditions, days) => {
      const withoutData = verdictOf(conditions, using(unknown))
      if (withoutData !== 'undetermined') expect(verdictOf(conditions, using(ago(days * day)))).toBe(withoutData)
    }),
    { numRuns: 300 },
  )
})
