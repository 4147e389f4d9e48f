// Exclusions: every code has a text for one account and a text for a count, and stored plans keep both.

import { describe, expect, it } from 'vitest'
import {
  brandId,
  canonicalJson,
  conditionIds,
  type Exclusion,
  type ExclusionCode,
  exclusionCodes,
  exclusionSummary,
  exclusionText,
  fingerprintOf,
  planFromStored,
  storedPlan,
  viewExcluded,
} from '../src/index.js'
import { excludedCounter } from '../src/plan/excluded-counter.js'
import { accountId, manualSystem, plan, policy, site, testNow } from '../src/testing/index.js'

const place = { site, product: 'jira-software' }
const inGroup = { condition: 'in-group', value: 'contractors' } as const

/** One exclusion of each code. Every value that differs between accounts contains `mark`. */
const examples = (mark: string): { readonly [Code in ExclusionCode]: Exclusion & { readonly code: Code } } => {
  const at = testNow + mark.length * 86_400_000
  return {
    admin: { code: 'admin', role: mark },
    'account-type': { code: 'account-type', type: mark },
    'likely-service-account': { code: 'likely-service-account' },
    protected: { code: 'protected', subject: mark, reason: mark },
    requester: { code: 'requester' },
    'left-out': { code: 'left-out', by: mark, reason: mark },
    exempt: { code: 'exempt', since: at, until: at },
    'restored-repeatedly': { code: 'restored-repeatedly', times: mark.length },
    'time-unknown': { code: 'time-unknown', because: 'apart', machine: at, atlassian: at },
    'last-active-unknown': { code: 'last-active-unknown', why: 'Atlassian sent an unreadable date' },
    'last-active-in-future': { code: 'last-active-in-future' },
    'activity-in-atlassian-unknown': { code: 'activity-in-atlassian-unknown', why: 'no date' },
    'activity-in-atlassian-outdated': { code: 'activity-in-atlassian-outdated', hours: 24 },
    'last-active-implausible': { code: 'last-active-implausible' },
    'added-date-unknown': { code: 'added-date-unknown' },
    'added-date-in-future': { code: 'added-date-in-future' },
    'added-date-implausible': { code: 'added-date-implausible' },
    'added-date-after-activity': { code: 'added-date-after-activity' },
    'condition-date-in-future': { code: 'condition-date-in-future', date: '2030-01-01' },
    'condition-unreadable': { code: 'condition-unreadable', value: '2026-02-31' },
    'email-unknown': { code: 'email-unknown' },
    'products-unknown': { code: 'products-unknown', why: 'Atlassian sent no product access' },
    'claim-unknown': { code: 'claim-unknown' },
    'status-unknown': { code: 'status-unknown' },
    'data-unreadable': { code: 'data-unreadable', fields: ['groups', 'name'] },
    'directory-status-unknown': { code: 'directory-status-unknown' },
    'recently-active': { code: 'recently-active', condition: 'inactive-for', value: '90d' },
    'too-new': { code: 'too-new' },
    'condition-not-met': { code: 'condition-not-met', ...inGroup },
    'condition-met': { code: 'condition-met', conditions: { any: [inGroup, { not: inGroup }] } },
    'no-condition-met': { code: 'no-condition-met', reasons: [{ code: 'admin', role: mark }, { code: 'too-new' }] },
    'other-products': { code: 'other-products', reason: { code: 'admin', role: mark } },
    'beyond-take': { code: 'beyond-take', take: 25 },
    'already-active': { code: 'already-active' },
    'already-suspended': { code: 'already-suspended' },
    'already-deactivated': { code: 'already-deactivated' },
    'already-in-group': { code: 'already-in-group', group: 'contractors' },
    'already-has-product': { code: 'already-has-product', ...place },
    'not-a-member': { code: 'not-a-member' },
    'not-in-group': { code: 'not-in-group', group: 'contractors' },
    'no-product-access': { code: 'no-product-access', ...place },
    'holds-no-seat': { code: 'holds-no-seat', status: 'suspended' },
    'nothing-to-change': { code: 'nothing-to-change' },
    'membership-status': { code: 'membership-status', status: 'not-member' },
    'account-status': { code: 'account-status', status: 'closed' },
    'not-managed': { code: 'not-managed' },
    'owned-by-identity-provider': { code: 'owned-by-identity-provider' },
    'source-unknown': { code: 'source-unknown' },
    'group-missing': { code: 'group-missing', group: 'contractors' },
    'group-ambiguous': { code: 'group-ambiguous', group: 'contractors' },
    'group-not-changeable': { code: 'group-not-changeable', group: mark },
    'group-grants-more': { code: 'group-grants-more', group: mark },
    'no-default-group': { code: 'no-default-group', ...place },
    'no-granting-group': { code: 'no-granting-group' },
    'directly-assigned-role': { code: 'directly-assigned-role', ...place },
    'not-in-snapshot': { code: 'not-in-snapshot' },
    'no-longer-in-organization': { code: 'no-longer-in-organization' },
    'no-longer-found': { code: 'no-longer-found', why: mark },
    'groups-vanished': { code: 'groups-vanished' },
    'active-since-plan': { code: 'active-since-plan' },
    'active-since-change': { code: 'active-since-change' },
    'token-in-use': { code: 'token-in-use', usedAt: at },
    'tokens-unknown': { code: 'tokens-unknown' },
    'tokens-unreadable': { code: 'tokens-unreadable' },
    'earlier-change-open': { code: 'earlier-change-open', runId: brandId(mark) },
    'lifecycle-not-allowed': { code: 'lifecycle-not-allowed', why: mark },
    'restored-since': { code: 'restored-since' },
    'reversed-since': { code: 'reversed-since', runId: brandId(mark) },
    'nothing-changed': { code: 'nothing-changed', state: 'not-attempted' },
    'nothing-left-to-undo': { code: 'nothing-left-to-undo', unrestored: mark },
    earlier: { code: 'earlier', text: 'active inside the threshold' },
  }
}

describe('the catalogue of exclusions', () => {
  const codes = Object.keys(examples('x')) as readonly ExclusionCode[]

  it('contains exactly the codes that this test lists', () => {
    expect(exclusionCodes.toSorted()).toEqual(codes.toSorted())
  })

  it.each(codes)('%s has complete texts', (code) => {
    for (const text of [exclusionText(examples('Kay')[code]), exclusionSummary(examples('Kay')[code])])
      expect(text).toMatch(/^(?!.*(undefined|null|NaN|\[object))\S.*\S$/)
  })

  it.each(codes)('%s has the same summary for all accounts, whatever differs between them', (code) => {
    expect(exclusionSummary(examples('Kay')[code])).toBe(exclusionSummary(examples('Another')[code]))
  })

  it.each(conditionIds)('has different texts for meeting and not meeting the condition %s', (condition) => {
    const values = { 'never-active': { age: '30d' }, managed: true, status: 'active' } as Record<string, unknown>
    const value = values[condition] ?? '2026-01-01'
    const leaf = { condition, value } as typeof inGroup
    const unmet = exclusionText({ code: 'condition-not-met', ...leaf })
    expect(unmet).not.toBe(exclusionText({ code: 'condition-met', conditions: leaf }))
    expect(unmet).not.toMatch(/undefined|\[object/)
  })
})

describe('the text of an exclusion', () => {
  it.each<[Exclusion, string]>([
    [{ code: 'admin', role: 'atlassian/org-admin' }, 'organization admin'],
    [{ code: 'admin', role: 'admin' }, 'product admin'],
    [{ code: 'admin', role: 'atlassian/quota-admin' }, 'admin (atlassian/quota-admin)'],
    [{ code: 'account-type', type: 'app' }, 'app account'],
    [{ code: 'account-status', status: 'inactive' }, 'account is deactivated'],
    [{ code: 'condition-not-met', condition: 'has-product', value: 'jira-software' }, 'does not have Jira'],
  ])("has words for Atlassian's keys: %j", (exclusion, text) => {
    expect(exclusionText(exclusion)).toBe(text)
  })
})

describe('a count of excluded accounts', () => {
  it('adds up accounts with the same text, sorted by text', () => {
    const counter = excludedCounter()
    counter.add({ code: 'requester' })
    counter.add({ code: 'admin', role: 'org-admin' })
    counter.add({ code: 'admin', role: 'site-admin' }, 2)
    expect(counter.counts()).toEqual({
      total: 4,
      reasons: [
        { code: 'admin', text: 'admin', accounts: 3 },
        { code: 'requester', text: 'is the requester', accounts: 1 },
      ],
    })
  })

  it('adds up two codes that have the same text', () => {
    const reasons = [
      { code: 'not-in-group', text: 'not in group a', accounts: 2 },
      { code: 'condition-not-met', text: 'not in group a', accounts: 3 },
    ] as const
    expect(viewExcluded({ total: 5, reasons })).toEqual({ total: 5, byReason: { 'not in group a': 5 }, reasons })
  })
})

describe('a stored plan', () => {
  const roundTrip = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value
  const exclusions = Object.values(examples('Kay'))
  const made = plan({
    excluded: { total: 3, reasons: [{ code: 'admin', text: 'admin', accounts: 3 }] },
    excludedAccounts: exclusions.map((reason, n) => ({ accountId: accountId(`person-${n}`), reason })),
  })

  it('reads back unchanged', () => {
    expect(planFromStored(roundTrip(storedPlan(made)))).toEqual(made)
  })

  const { excluded: _excluded, excludedAccounts: _accounts, ...rest } = made
  it.each([
    ['with reasons', { spared: { total: 2, byReason: { 'is the one who asks': 1, 'status unknown': 1 } } }],
    ['without reasons', { spared: { total: 0, byReason: {} } }],
    [
      'of picked accounts',
      {
        spared: { total: 1, byReason: { 'not in the snapshot': 1 } },
        sparedAccounts: [{ accountId: accountId('gone'), reason: 'not in the snapshot' }],
      },
    ],
    ['of picked accounts, none excluded', { spared: { total: 0, byReason: {} }, sparedAccounts: [] }],
  ])('of version 0.1.0, %s, keeps its texts and its fingerprint', async (_what, parts) => {
    const old = { ...rest, ...parts }
    const read = planFromStored(old)
    expect(read.excluded.reasons.every(({ code }) => code === 'earlier')).toBe(true)
    expect(viewExcluded(read.excluded).byReason).toEqual(parts.spared.byReason)
    expect(storedPlan(read)).toEqual(old)
    const system = manualSystem()
    const { fingerprint: _, ...content } = old
    expect(await fingerprintOf(read, system)).toBe(await system.digest(canonicalJson(content)))
  })

  it('keeps the conditions of a policy readable, because they are plain JSON', () => {
    const exclusion: Exclusion = { code: 'condition-met', conditions: policy().conditions }
    expect(exclusionText(roundTrip(exclusion))).toBe(exclusionText(exclusion))
  })
})
