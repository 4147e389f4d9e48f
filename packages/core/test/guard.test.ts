// Guard: every refusal just below, at and above its limit, with figure and limit, and which refusals a person may accept.

import { describe, expect, it } from 'vitest'
import {
  acceptableCodes,
  allowedAccounts,
  defaultLimits,
  brandId,
  type GroupId,
  type GuardContext,
  ceiling,
  day,
  guard,
  hour,
  minute,
  notAccepted,
  type Plan,
  refusalCodes,
  type Refusal,
  refusalNames,
  type RefusalName,
  refusalTable,
  remedyOf,
  type Moment,
  moments,
  type Snapshot,
  type StoredPolicy,
} from '../src/index.js'
import { acme, plan, plannedAction, plannedActions, policy, snapshot, testNow } from '../src/testing/index.js'

const guardContext = (changes: Partial<GuardContext> = {}): GuardContext => ({
  now: testNow,
  unknownTime: undefined,
  organizationId: acme.id,
  connected: undefined,
  snapshot: snapshot(),
  earlier: [],
  policy: undefined,
  protectedDigest: plan().protectedDigest,
  limitsDigest: plan().limitsDigest,
  protectedGroups: [],
  spent: 0,
  stopped: false,
  gap: undefined,
  reconciled: undefined,
  actualFingerprint: plan().fingerprint,
  approved: undefined,
  ...changes,
})
const stored = (changes: Partial<StoredPolicy> = {}): StoredPolicy => ({
  name: 'Inactive seats',
  policy: policy(),
  version: 'v1',
  previewedVersion: 'v1',
  previewedIn: acme.id,
  enabled: true,
  createdAt: testNow,
  ...changes,
})
const ofPolicy: Partial<Plan> = { source: 'policy', policy: 'Inactive seats', policyVersion: 'v1' }

interface Case {
  readonly what: string
  readonly plan?: Partial<Plan>
  readonly with?: Partial<GuardContext>
  /** The figure and the limit of the refusal. Absent when the guard passes the plan. */
  readonly refused?: readonly [actual: unknown, limit: unknown]
}

const changing = (count: number, population: number, limits = { accounts: 50, percent: 5 }): Partial<Plan> => ({
  actions: plannedActions(count),
  population,
  limits: { ...defaultLimits, ...limits },
})
const withInactive = (...percentages: number[]): Partial<GuardContext> => {
  const snapshots = percentages.map((percentage, index): Snapshot =>
    snapshot({ startedAt: testNow - index * day, inactive: percentage * 10 }),
  )
  return { snapshot: snapshots[0], earlier: snapshots.slice(1) }
}

const lost = (before: number, now: number, name = 'keep'): Partial<Snapshot> => ({
  lostMembers: [{ id: brandId('g-keep'), name, now, before }],
})
const keep = { name: 'keep', ids: [brandId<GroupId>('g-keep')] }

const cases: Readonly<Record<RefusalName, readonly Case[]>> = {
  'excludes-nobody': [
    { what: 'nothing that excludes nobody', plan: {} },
    { what: 'one mistyped exclusion', plan: { excludesNobody: ['not in group contractors'] }, refused: [1, 0] },
  ],
  'too-many': [
    { what: '49 of 1000 accounts', plan: changing(49, 1000) },
    { what: '50 of 1000 accounts, which is 5 % and 50', plan: changing(50, 1000) },
    { what: '51 of 1000 accounts', plan: changing(51, 1000), refused: [51, 50] },
    { what: '5 of 100 accounts, which is 5 %', plan: changing(5, 100) },
    { what: '6 of 100 accounts', plan: changing(6, 100), refused: [6, 5] },
    {
      what: '51 of 100,000 accounts, because 50 is the limit for any percentage',
      plan: changing(51, 100_000),
      refused: [51, 50],
    },
    { what: '5 of 119 accounts, because the limit is rounded down', plan: changing(5, 119) },
    { what: '6 of 119 accounts', plan: changing(6, 119), refused: [6, 5] },
    { what: '2 of 19 accounts, because a small organization may lose two', plan: changing(2, 19) },
    { what: '3 of 19 accounts', plan: changing(3, 19), refused: [3, 2] },
    { what: '1 of 20 accounts', plan: changing(1, 20) },
    { what: '2 of 20 accounts, as of 19', plan: changing(2, 20) },
    { what: '2 of 39 accounts', plan: changing(2, 39) },
    { what: '3 of 39 accounts', plan: changing(3, 39), refused: [3, 2] },
    { what: '2 of 40 accounts, which is 5 %', plan: changing(2, 40) },
    { what: '3 of 40 accounts', plan: changing(3, 40), refused: [3, 2] },
    {
      what: '2 of 19 accounts when the policy says one',
      plan: changing(2, 19, { accounts: 1, percent: 5 }),
      refused: [2, 1],
    },
    {
      what: '100 of 1000 accounts when the policy says 100 and 10 %',
      plan: changing(100, 1000, { accounts: 100, percent: 10 }),
    },
    { what: 'one of no accounts', plan: changing(1, 0, { accounts: 0, percent: 5 }), refused: [1, 0] },
  ],
  'over-ceiling': [
    { what: '199 of 1000 accounts', plan: changing(199, 1000) },
    { what: '200 of 1000 accounts, which is 20 %', plan: changing(200, 1000) },
    { what: '201 of 1000 accounts', plan: changing(201, 1000), refused: [201, 200] },
    { what: '2 of 19 accounts', plan: changing(2, 19) },
    { what: '3 of 19 accounts', plan: changing(3, 19), refused: [3, 2] },
    { what: '4 of 20 accounts', plan: changing(4, 20) },
    {
      what: '5 of 20 accounts, though the policy allows them',
      plan: changing(5, 20, { accounts: 9, percent: 20 }),
      refused: [5, 4],
    },
  ],
  'over-budget': [
    {
      what: 'an undo that only restores access, whatever the budget',
      plan: { source: 'undo', actions: [plannedAction('p', { action: 'restore-access' })] },
      with: { spent: 900 },
    },
    {
      what: 'an undo that removes access again, over the budget',
      plan: { source: 'undo', actions: [plannedAction('p', { action: 'suspend-access' })] },
      with: { spent: 900 },
      refused: [901, 100],
    },
    { what: '1 account after 98 in seven days, of 1000', plan: changing(1, 1000), with: { spent: 98 } },
    { what: '1 account after 99, which is 10 %', plan: changing(1, 1000), with: { spent: 99 } },
    { what: '1 account after 100', plan: changing(1, 1000), with: { spent: 100 }, refused: [101, 100] },
    {
      what: '1 account after an unknown number',
      plan: changing(1, 1000),
      with: { spent: Infinity },
      refused: [null, 100],
    },
    { what: 'no account after 500', plan: changing(0, 1000), with: { spent: 500 } },
    { what: '1 of 19 accounts after 1', plan: changing(1, 19), with: { spent: 1 } },
    { what: '1 of 19 accounts after 2', plan: changing(1, 19), with: { spent: 2 }, refused: [3, 2] },
  ],
  'snapshot-incomplete': [
    {
      what: 'an undo that only restores access, on half a snapshot',
      plan: { source: 'undo', actions: [plannedAction('p', { action: 'restore-access' })] },
      with: { snapshot: snapshot({ complete: false, accounts: 5, expected: 10 }) },
    },
    {
      what: 'an undo that removes access again, on half a snapshot',
      plan: { source: 'undo', actions: [plannedAction('p', { action: 'suspend-access' })] },
      with: { snapshot: snapshot({ complete: false, accounts: 5, expected: 10 }) },
      refused: [5, 10],
    },
    { what: 'a complete snapshot' },
    {
      what: 'an incomplete snapshot',
      with: { snapshot: snapshot({ complete: false, accounts: 990 }) },
      refused: [990, 1000],
    },
    { what: 'a snapshot that is gone', with: { snapshot: undefined }, refused: [null, null] },
    {
      what: 'a snapshot that lacks only a column, which has a cause of its own',
      with: { snapshot: snapshot({ complete: false, lacks: { what: 'groups', now: 10, before: 90 } }) },
    },
    {
      what: 'a snapshot that lacks a column and accounts',
      with: { snapshot: snapshot({ complete: false, accounts: 990, lacks: { what: 'groups', now: 10, before: 90 } }) },
      refused: [990, 1000],
    },
  ],
  'columns-missing': [
    { what: 'a complete snapshot' },
    {
      what: 'a snapshot in which few accounts have groups',
      with: { snapshot: snapshot({ complete: false, lacks: { what: 'groups', now: 10, before: 90 } }) },
      refused: [10, 90],
    },
    {
      what: 'a first snapshot without activity although seats are in use',
      with: { snapshot: snapshot({ complete: false, lacks: { what: 'a last activity', now: 0, before: null } }) },
      refused: [0, null],
    },
  ],
  'group-lost-members': [
    { what: 'groups with all their members', with: { protectedGroups: [keep] } },
    {
      what: 'a protected group that lost members',
      with: { protectedGroups: [keep], snapshot: snapshot(lost(10, 8)) },
      refused: [8, 10],
    },
    {
      what: 'a group that the plan names and that lost members',
      plan: { groupIds: [keep] },
      with: { snapshot: snapshot(lost(10, 0, 'renamed')) },
      refused: [0, 10],
    },
    {
      what: 'a protected group without known ids that lost members',
      with: { protectedGroups: [{ name: 'Keep', ids: [] }], snapshot: snapshot(lost(10, 0)) },
      refused: [0, 10],
    },
    { what: 'a loss of a group that nothing names', with: { snapshot: snapshot(lost(10, 0)) } },
    {
      what: 'a loss in a snapshot that a person accepted as the baseline',
      plan: { groupIds: [keep] },
      with: { snapshot: snapshot({ ...lost(10, 0), acceptedAsBaseline: true }) },
    },
    {
      what: 'a loss, for an undo that only restores access',
      plan: { source: 'undo', groupIds: [keep], actions: [plannedAction('p', { action: 'restore-access' })] },
      with: { snapshot: snapshot(lost(10, 0)) },
    },
  ],
  'snapshot-stale': [
    { what: 'a snapshot of 24 hours less a millisecond', plan: { snapshotAsOf: testNow - day + 1 } },
    { what: 'a snapshot of 24 hours', plan: { snapshotAsOf: testNow - day } },
    { what: 'a snapshot of 24 hours and a millisecond', plan: { snapshotAsOf: testNow - day - 1 }, refused: [24, 24] },
    { what: 'a snapshot of three days', plan: { snapshotAsOf: testNow - 3 * day }, refused: [72, 24] },
    { what: 'a snapshot an hour in the future, when clocks differ a little', plan: { snapshotAsOf: testNow + hour } },
    { what: 'a snapshot further in the future', plan: { snapshotAsOf: testNow + hour + 1 }, refused: [-2, 24] },
  ],
  'plan-expired': [
    { what: 'a plan of 24 hours less a millisecond', plan: { createdAt: testNow - day + 1 } },
    { what: 'a plan of 24 hours', plan: { createdAt: testNow - day } },
    { what: 'a plan of 24 hours and a millisecond', plan: { createdAt: testNow - day - 1 }, refused: [24, 24] },
    { what: 'a plan from a machine whose clock is a minute ahead', plan: { createdAt: testNow + minute } },
    { what: 'a plan from the future', plan: { createdAt: testNow + minute + 1 }, refused: [-1, 24] },
  ],
  'plan-altered': [
    { what: 'an unaltered plan' },
    {
      what: 'a stored plan that was altered',
      with: { actualFingerprint: 'other' },
      refused: ['other', plan().fingerprint],
    },
  ],
  'approval-for-another-plan': [
    { what: "an approval of the plan's own fingerprint", with: { approved: plan().fingerprint } },
    { what: 'an approval of another plan', with: { approved: 'other' }, refused: ['other', plan().fingerprint] },
  ],
  'limits-unreadable': [
    { what: 'readable limits' },
    { what: 'unreadable limits', with: { limitsDigest: undefined }, refused: [null, plan().limitsDigest] },
  ],
  'limits-changed': [
    { what: 'unchanged limits' },
    { what: 'changed limits', with: { limitsDigest: 'other' }, refused: ['other', plan().limitsDigest] },
  ],
  'protected-list-changed': [
    { what: 'an unchanged protected list' },
    {
      what: 'a changed protected list',
      with: { protectedDigest: 'other' },
      refused: ['other', plan().protectedDigest],
    },
  ],
  'policy-changed': [
    { what: 'the same policy version', plan: ofPolicy, with: { policy: stored() } },
    {
      what: 'a changed policy',
      plan: ofPolicy,
      with: { policy: stored({ version: 'v2' }) },
      refused: ['v2', 'v1'],
    },
    {
      what: 'a plan from a file when the store has another version',
      plan: { ...ofPolicy, source: 'file' },
      with: { policy: stored({ version: 'v2' }) },
    },
  ],
  'protected-unreadable': [
    { what: 'a readable protected list' },
    { what: 'an unreadable protected list', with: { protectedDigest: undefined }, refused: [null, null] },
  ],
  anomaly: [
    { what: 'a first snapshot, with nothing to compare', with: withInactive(80) },
    { what: 'a rise by 4.9 points', with: withInactive(14.9, 10) },
    { what: 'a rise by 5 points', with: withInactive(15, 10) },
    { what: 'a rise by 5 points that is no round number in binary', with: withInactive(10.3, 5.3) },
    { what: 'a rise by 5.1 points', with: withInactive(15.1, 10), refused: [5.1, 5] },
    { what: 'a fall by 50 points', with: withInactive(10, 60) },
    { what: 'a rise by 8 points after earlier rises by 4', with: withInactive(38, 30, 26, 30, 26) },
    {
      what: 'a rise by 8.1 points after earlier rises by 4',
      with: withInactive(38.1, 30, 26, 30, 26),
      refused: [8.1, 8],
    },
    {
      what: 'the same rise in a second snapshot, because an anomaly never becomes the baseline',
      with: withInactive(80, 80, 10),
      refused: [70, 5],
    },
    { what: 'a percentage that has returned to the baseline', with: withInactive(12, 80, 10) },
    {
      what: 'a rise that only an incomplete snapshot has shown before',
      with: {
        ...withInactive(80, 10),
        earlier: [snapshot({ inactive: 800, complete: false }), snapshot({ inactive: 100 })],
      },
      refused: [70, 5],
    },
    {
      what: 'a rise, for an undo that only restores access',
      plan: { source: 'undo', actions: [plannedAction('p', { action: 'restore-access' })] },
      with: withInactive(80, 10),
    },
    {
      what: 'an earlier snapshot without accounts',
      with: { earlier: [snapshot({ accounts: 0, inactive: 0 })] },
    },
  ],
  'too-few-admins': [
    { what: 'a suspension with three admins', with: { snapshot: snapshot({ admins: 3 }) } },
    { what: 'a suspension with two admins', with: { snapshot: snapshot({ admins: 2 }) } },
    { what: 'a suspension with one admin', with: { snapshot: snapshot({ admins: 1 }) }, refused: [1, 2] },
    { what: 'a suspension with no admin', with: { snapshot: snapshot({ admins: 0 }) }, refused: [0, 2] },
    {
      what: 'a plan without actions, with one admin',
      plan: { actions: [] },
      with: { snapshot: snapshot({ admins: 1 }) },
    },
    {
      what: 'a plan that only restores access, with one admin',
      plan: {
        actions: [plannedAction('p', { action: 'restore-access' }), plannedAction('q', { action: 'add-to-group' })],
      },
      with: { snapshot: snapshot({ admins: 1 }) },
    },
    {
      what: 'a plan that restores and removes access, with one admin',
      plan: { actions: [plannedAction('p', { action: 'restore-access' }), plannedAction('q')] },
      with: { snapshot: snapshot({ admins: 1 }) },
      refused: [1, 2],
    },
  ],
  'policy-disabled': [
    { what: 'an enabled policy', plan: ofPolicy, with: { policy: stored() } },
    {
      what: 'a disabled policy',
      plan: ofPolicy,
      with: { policy: stored({ enabled: false }) },
      refused: ['disabled', 'enabled'],
    },
    { what: 'a deleted policy', plan: ofPolicy, refused: ['gone', 'enabled'] },
    { what: 'a policy file that nobody imported', plan: { ...ofPolicy, source: 'file' } },
    { what: 'accounts picked by hand', plan: { source: 'picked' } },
  ],
  'not-previewed': [
    {
      what: 'a scheduled plan of a previewed version',
      plan: { ...ofPolicy, scheduled: true },
      with: { policy: stored() },
    },
    {
      what: 'a scheduled plan of a version that nobody has previewed',
      plan: { ...ofPolicy, scheduled: true, policyVersion: 'v2' },
      with: { policy: stored({ version: 'v2' }) },
      refused: ['v1', 'v2'],
    },
    {
      what: 'a scheduled plan of a version that somebody previewed for another organization',
      plan: { ...ofPolicy, scheduled: true },
      with: { policy: stored({ previewedIn: brandId('elsewhere') }) },
      refused: ['v1', 'v1'],
    },
    { what: 'a plan that a person made', plan: ofPolicy, with: { policy: stored({ previewedVersion: 'v0' }) } },
  ],
  stopped: [
    { what: 'the stop switch off' },
    { what: 'the stop switch on', with: { stopped: true }, refused: ['on', 'off'] },
  ],
  'plan-before-reconciliation': [
    {
      what: 'a plan from after the reconciliation',
      plan: { createdAt: testNow },
      with: { reconciled: { at: testNow, lost: 0 } },
    },
    {
      what: 'a plan from before the reconciliation',
      plan: { createdAt: testNow - 1 },
      with: { reconciled: { at: testNow, lost: 0 } },
      refused: ['2026-11-24T07:59:59.999Z', '2026-11-24T08:00:00.000Z'],
    },
  ],
  'time-unknown': [
    { what: 'a known time' },
    {
      what: "a machine whose clock is a day behind Atlassian's",
      with: { unknownTime: { kind: 'unknown', because: 'apart', machine: testNow, atlassian: testNow + day } },
      refused: ['2026-11-24T08:00:00.000Z', '2026-11-25T08:00:00.000Z'],
    },
    {
      what: 'an unknown time and a plan that only grants access',
      plan: { actions: [plannedAction('person-1', { action: 'restore-access' })] },
      with: { unknownTime: { kind: 'unknown', because: 'apart', machine: testNow, atlassian: testNow + day } },
    },
  ],
  'database-older': [
    { what: 'a complete database' },
    { what: 'a database without its last 3 of 10 entries', with: { gap: { end: 7, lost: 3 } }, refused: [7, 10] },
    {
      what: 'a database with an unknown number of missing entries',
      with: { gap: { end: 7, lost: undefined } },
      refused: [7, null],
    },
  ],
  'wrong-organization': [
    { what: 'the connected organization' },
    { what: 'the connected organization, confirmed by its response', with: { connected: acme } },
    { what: 'another organization', with: { organizationId: brandId('org-2') }, refused: ['org-2', 'Acme (org-1)'] },
    {
      what: 'an organization with another name',
      with: { connected: { id: acme.id, name: 'Acme Labs' } },
      refused: ['Acme Labs (org-1)', 'Acme (org-1)'],
    },
  ],
}

const judged = (one: Case) => guard(plan(one.plan ?? {}), guardContext(one.with ?? {}), 'approve')
const nameOf = ({ code, cause }: Refusal) => cause ?? code

for (const name of refusalNames)
  describe(name, () => {
    it.each(cases[name].map((one) => [one.refused === undefined ? 'passes' : 'refuses', one.what, one] as const))(
      '%s %s',
      (_verb, _what, one) => {
        const refusal = judged(one).find((found) => nameOf(found) === name)
        expect(refusal === undefined ? undefined : [refusal.actual, refusal.limit]).toEqual(one.refused)
      },
    )
    it('has a message that is a full sentence with figures and without a command', () => {
      const refusals = cases[name].flatMap((one) => judged(one)).filter((found) => nameOf(found) === name)
      expect(refusals.length).toBeGreaterThan(0)
      for (const { message } of refusals) expect(message).toMatch(/^(?!.*rollcall )[A-Z].{20,}\.$/)
    })
  })

describe('guard', () => {
  it('passes an ordinary plan', () => {
    expect(guard(plan(), guardContext(), 'approve')).toEqual([])
  })

  it('lists every refusal, not only the first', () => {
    const refusals = guard(
      plan({ ...changing(300, 1000), snapshotAsOf: testNow - 2 * day, createdAt: testNow - 2 * day }),
      guardContext({ stopped: true, organizationId: brandId('org-2'), protectedDigest: undefined, spent: 1 }),
      'approve',
    )
    expect(refusals.map(({ code }) => code).toSorted()).toEqual(
      [
        'too-many',
        'over-ceiling',
        'over-budget',
        'snapshot-stale',
        'plan-expired',
        'stopped',
        'wrong-organization',
        'protected-unreadable',
      ].toSorted(),
    )
  })

  it('has messages that state the figure and the limit', () => {
    const [refusal] = guard(plan(changing(41, 120)), guardContext(), 'approve').filter(
      ({ code }) => code === 'too-many',
    )
    expect(refusal?.message).toContain('The plan changes 41 of 120 accounts (34.2 %); its limits allow 6.')
  })
})

/** The refusals of a plan that violates everything at once. The plan either only restores or only removes access. */
const worst = (restoring: boolean, moment: Moment) => {
  const action = restoring ? 'restore-access' : 'suspend-access'
  const wrong: Partial<Plan> = {
    source: restoring ? 'undo' : 'policy',
    policy: 'Inactive seats',
    policyVersion: 'v1',
    scheduled: true,
    population: 1000,
    actions: Array.from({ length: 300 }, (_, n) => plannedAction(`p-${n}`, { action })),
    snapshotAsOf: testNow - 2 * day,
    createdAt: testNow - 2 * day,
  }
  const changed = {
    organizationId: brandId('org-2'),
    snapshot: snapshot({
      ...withInactive(80).snapshot,
      ...lost(10, 0),
      admins: 0,
      complete: false,
      expected: 2000,
      lacks: { what: 'groups', now: 10, before: 90 },
    }),
    protectedGroups: [keep],
    earlier: withInactive(80, 10).earlier ?? [],
    policy: stored({ version: 'v2', previewedVersion: 'v0', enabled: false }),
    protectedDigest: 'other',
    limitsDigest: 'other',
    stopped: true,
    unknownTime: { kind: 'unknown', because: 'apart', machine: testNow, atlassian: testNow - day },
    reconciled: { at: testNow, lost: 0 },
    actualFingerprint: 'other',
    approved: 'another',
  } satisfies Partial<GuardContext>
  const unreadable = { gap: { end: 7, lost: 3 }, protectedDigest: undefined, limitsDigest: undefined }
  const found = [changed, { ...changed, ...unreadable }].flatMap((one) =>
    guard(plan(wrong), guardContext(one), moment).map(nameOf),
  )
  return refusalNames.filter((name) => found.includes(name))
}
const known = ['wrong-organization', 'database-older', 'plan-before-reconciliation', 'plan-altered'] as const
const clock = 'time-unknown'
const ofLimits = ['limits-unreadable', 'limits-changed'] as const
const amounts = ['not-previewed', 'too-few-admins', 'over-ceiling', 'too-many', 'over-budget', 'anomaly'] as const
const snapshots = ['snapshot-stale', 'snapshot-incomplete', 'columns-missing', 'group-lost-members'] as const
const disabled = ['policy-changed', 'policy-disabled'] as const
const lists = ['protected-list-changed', 'protected-unreadable'] as const
const before = [
  'stopped',
  ...known,
  ...ofLimits,
  ...lists,
  ...disabled,
  clock,
  'plan-expired',
  ...snapshots,
  ...amounts,
] as const

describe('the checks of the guard', () => {
  it.each<[Moment, readonly RefusalName[]]>([
    ['preview', before],
    ['approve', [...before, 'approval-for-another-plan']],
    ['first-step', before],
    ['advance', ['stopped', ...known, ...ofLimits, ...disabled, clock, 'plan-expired']],
    [
      'resume',
      [
        'stopped',
        ...known,
        'approval-for-another-plan',
        ...ofLimits,
        ...lists,
        ...disabled,
        clock,
        'plan-expired',
        'over-budget',
      ],
    ],
    ['rejoin', ['stopped', ...known, 'approval-for-another-plan', 'protected-unreadable', clock]],
    ['report', ['approval-for-another-plan']],
  ])('at the moment %s are exactly these', (moment, names) => {
    expect(worst(false, moment)).toEqual(refusalNames.filter((name) => names.includes(name)))
  })

  it('for an undo that only restores access are limited to those that could lock somebody out', () => {
    const whole = [...known, 'plan-expired', 'not-previewed']
    expect(worst(true, 'preview')).toEqual(refusalNames.filter((name) => whole.includes(name)))
    expect(worst(true, 'advance')).toEqual([...known])
  })

  it('have a remedy for each refusal, even for one of an earlier version without a cause', () => {
    for (const name of refusalNames) expect(remedyOf({ code: refusalTable[name].code })).toMatch(/^[a-z-]+$/)
    expect(remedyOf({ code: 'fingerprint-mismatch' })).toBe('make-new-plan')
    expect(remedyOf({ code: 'fingerprint-mismatch', cause: 'approval-for-another-plan' })).toBe('review-plan')
  })

  it('give the code that scripts know, and the cause beside it', () => {
    const [refusal] = guard(plan(), guardContext({ limitsDigest: 'other' }), 'preview')
    expect(refusal).toMatchObject({ code: 'fingerprint-mismatch', cause: 'limits-changed' })
    expect(new Set(Object.values(refusalTable).map(({ code }) => code))).toEqual(new Set(refusalCodes))
    expect(moments.every((moment) => worst(false, moment).length > 0)).toBe(true)
  })
})

/** The fields of the context that may be undefined. */
type Absent = {
  [Field in keyof GuardContext]: undefined extends GuardContext[Field] ? Field : never
}[keyof GuardContext]
const start: readonly Moment[] = ['preview', 'approve', 'first-step']
const none = { wrong: {}, moments: [] }
/**
 * For each field: a wrong value, and the moments at which the guard refuses a plan without any value. The compiler asks for
 * a new field here.
 */
const absent: Readonly<Record<Absent, { readonly wrong: Partial<GuardContext>; readonly moments: readonly Moment[] }>> =
  {
    snapshot: { wrong: { snapshot: snapshot({ complete: false, admins: 0 }) }, moments: start },
    policy: {
      wrong: { policy: stored({ version: 'v2', enabled: false, previewedVersion: 'v0' }) },
      moments: [...start, 'advance', 'resume'],
    },
    limitsDigest: { wrong: { limitsDigest: 'other' }, moments: [...start, 'advance', 'resume'] },
    protectedDigest: { wrong: { protectedDigest: 'other' }, moments: [...start, 'resume', 'rejoin'] },
    // Here undefined is no lack: no gap, no reconciliation, nobody approves, or Rollcall only shows the plan.
    gap: none,
    reconciled: none,
    approved: none,
    connected: none,
    unknownTime: none,
  }

describe.each(Object.entries(absent))('a context without %s', (field, { wrong, moments: refused }) => {
  const scheduled = plan({ ...ofPolicy, scheduled: true })
  const refusedWith = (changes: Partial<GuardContext>) =>
    moments.filter((moment) => guard(scheduled, guardContext({ policy: stored(), ...changes }), moment).length > 0)

  it(`is refused at these moments: ${refused.join(', ') || 'none'}`, () => {
    expect(refusedWith({})).toEqual([])
    expect(refusedWith({ [field]: undefined })).toEqual(refused)
  })

  it('is refused wherever a wrong value is refused', () => {
    expect(refusedWith(wrong).filter((moment) => !refused.includes(moment))).toEqual([])
  })
})

describe('acceptance of refusals', () => {
  const all = refusalCodes.map((code) => ({ code, message: '', actual: null, limit: null }))

  it('is possible for exactly five codes', () => {
    expect(acceptableCodes.toSorted()).toEqual([
      'anomaly',
      'excludes-nobody',
      'not-previewed',
      'over-budget',
      'too-many',
    ])
  })

  it('keeps every other refusal, whatever a person accepts', () => {
    const left = notAccepted(all, refusalCodes).map(({ code }) => code)
    expect(left).toEqual(refusalCodes.filter((code) => !acceptableCodes.includes(code)))
  })

  it('keeps an acceptable refusal unless a person names it', () => {
    expect(notAccepted(all, ['too-many']).map(({ code }) => code)).toContain('over-budget')
    expect(notAccepted(all, ['too-many']).map(({ code }) => code)).not.toContain('too-many')
  })

  it('never lifts the ceiling', () => {
    const refusals = guard(plan(changing(201, 1000)), guardContext(), 'approve')
    expect(notAccepted(refusals, acceptableCodes).map(({ code }) => code)).toEqual(['over-ceiling'])
  })
})

describe('the number of accounts that limits allow', () => {
  it('never exceeds the ceiling, for any population and any valid limits', () => {
    for (let population = 0; population <= 400; population += 1)
      for (const limits of [
        { accounts: 100_000, percent: 20 },
        { accounts: 50, percent: 5 },
        { accounts: 1, percent: 0.1 },
      ])
        expect(allowedAccounts({ population, limits })).toBeLessThanOrEqual(ceiling(population))
  })

  it('never falls when the population grows, and is at least 2 below 40 accounts', () => {
    for (const limits of [defaultLimits, { accounts: 100_000, percent: 20 }, { accounts: 100_000, percent: 5.5 }])
      for (let population = 0; population <= 2000; population += 1) {
        const [now, more] = [population, population + 1].map((people) =>
          allowedAccounts({ population: people, limits }),
        )
        expect([population, now]).toEqual([population, Math.min(now ?? 0, more ?? 0)])
        if (population < 40) expect(now).toBeGreaterThanOrEqual(2)
      }
  })
})
