// Guard: each refusal just below, at and above its limit, with the figure and the limit; what may be accepted, and what never.

import { describe, expect, it } from 'vitest'
import {
  acceptableCodes,
  allowedAccounts,
  defaultLimits,
  brandId,
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
  organizationId: acme.id,
  answering: undefined,
  snapshot: snapshot(),
  earlier: [],
  policy: undefined,
  protectedDigest: plan().protectedDigest,
  limitsDigest: plan().limitsDigest,
  spent: 0,
  stopped: false,
  gap: undefined,
  reconciledAt: undefined,
  actualFingerprint: plan().fingerprint,
  approved: undefined,
  ...changes,
})
const stored = (changes: Partial<StoredPolicy> = {}): StoredPolicy => ({
  name: 'Quiet seats',
  policy: policy(),
  version: 'v1',
  previewedVersion: 'v1',
  previewedIn: acme.id,
  enabled: true,
  createdAt: testNow,
  ...changes,
})
const ofPolicy: Partial<Plan> = { source: 'policy', policy: 'Quiet seats', policyVersion: 'v1' }

interface Case {
  readonly what: string
  readonly plan?: Partial<Plan>
  readonly with?: Partial<GuardContext>
  /** The figure and the limit of the refusal; absent when the plan is not refused. */
  readonly refused?: readonly [actual: unknown, limit: unknown]
}

const touching = (count: number, population: number, limits = { accounts: 50, percent: 5 }): Partial<Plan> => ({
  actions: plannedActions(count),
  population,
  limits: { ...defaultLimits, ...limits },
})
const quiet = (...shares: number[]): Partial<GuardContext> => {
  const heads = shares.map((share, index): Snapshot =>
    snapshot({ startedAt: testNow - index * day, inactive: share * 10 }),
  )
  return { snapshot: heads[0], earlier: heads.slice(1) }
}

const cases: Readonly<Record<RefusalName, readonly Case[]>> = {
  'too-many': [
    { what: '49 of 1000 accounts', plan: touching(49, 1000) },
    { what: '50 of 1000 accounts, which is 5 % and 50', plan: touching(50, 1000) },
    { what: '51 of 1000 accounts', plan: touching(51, 1000), refused: [51, 50] },
    { what: '5 of 100 accounts, which is 5 %', plan: touching(5, 100) },
    { what: '6 of 100 accounts', plan: touching(6, 100), refused: [6, 5] },
    {
      what: '51 of 100,000 accounts, since 50 is the limit whatever the share',
      plan: touching(51, 100_000),
      refused: [51, 50],
    },
    { what: '5 of 119 accounts, since part of a person is nobody', plan: touching(5, 119) },
    { what: '6 of 119 accounts', plan: touching(6, 119), refused: [6, 5] },
    { what: '2 of 19 accounts, since a small organization may lose two', plan: touching(2, 19) },
    { what: '3 of 19 accounts', plan: touching(3, 19), refused: [3, 2] },
    { what: '1 of 20 accounts', plan: touching(1, 20) },
    { what: '2 of 20 accounts', plan: touching(2, 20), refused: [2, 1] },
    {
      what: '2 of 19 accounts when the policy says one',
      plan: touching(2, 19, { accounts: 1, percent: 5 }),
      refused: [2, 1],
    },
    {
      what: '100 of 1000 accounts when the policy says 100 and 10 %',
      plan: touching(100, 1000, { accounts: 100, percent: 10 }),
    },
    { what: 'one of no accounts', plan: touching(1, 0, { accounts: 0, percent: 5 }), refused: [1, 0] },
  ],
  'over-ceiling': [
    { what: '199 of 1000 accounts', plan: touching(199, 1000) },
    { what: '200 of 1000 accounts, which is 20 %', plan: touching(200, 1000) },
    { what: '201 of 1000 accounts', plan: touching(201, 1000), refused: [201, 200] },
    { what: '2 of 19 accounts', plan: touching(2, 19) },
    { what: '3 of 19 accounts', plan: touching(3, 19), refused: [3, 2] },
    { what: '4 of 20 accounts', plan: touching(4, 20) },
    {
      what: '5 of 20 accounts, though the policy allows them',
      plan: touching(5, 20, { accounts: 9, percent: 20 }),
      refused: [5, 4],
    },
  ],
  'over-budget': [
    {
      what: 'an undo that only gives back, however much was taken',
      plan: { source: 'undo', actions: [plannedAction('p', { action: 'restore-access' })] },
      with: { spent: 900 },
    },
    {
      what: 'an undo that takes again, however much was taken',
      plan: { source: 'undo', actions: [plannedAction('p', { action: 'suspend-access' })] },
      with: { spent: 900 },
      refused: [901, 100],
    },
    { what: '1 account after 98 in seven days, of 1000', plan: touching(1, 1000), with: { spent: 98 } },
    { what: '1 account after 99, which is 10 %', plan: touching(1, 1000), with: { spent: 99 } },
    { what: '1 account after 100', plan: touching(1, 1000), with: { spent: 100 }, refused: [101, 100] },
    {
      what: '1 account after nobody can tell how many',
      plan: touching(1, 1000),
      with: { spent: Infinity },
      refused: [null, 100],
    },
    { what: 'nobody after 500', plan: touching(0, 1000), with: { spent: 500 } },
    { what: '1 of 19 accounts after 1', plan: touching(1, 19), with: { spent: 1 } },
    { what: '1 of 19 accounts after 2', plan: touching(1, 19), with: { spent: 2 }, refused: [3, 2] },
  ],
  'snapshot-incomplete': [
    {
      what: 'an undo that only gives back, on half a snapshot',
      plan: { source: 'undo', actions: [plannedAction('p', { action: 'restore-access' })] },
      with: { snapshot: snapshot({ complete: false, accounts: 5, expected: 10 }) },
    },
    {
      what: 'an undo that takes again, on half a snapshot',
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
    { what: 'a plan from a machine that is a minute ahead', plan: { createdAt: testNow + minute } },
    { what: 'a plan from the future', plan: { createdAt: testNow + minute + 1 }, refused: [-1, 24] },
  ],
  'plan-altered': [
    { what: 'a plan as it was stored' },
    {
      what: 'a stored plan that was altered',
      with: { actualFingerprint: 'other' },
      refused: ['other', plan().fingerprint],
    },
  ],
  'approval-for-another-plan': [
    { what: 'a plan whose own fingerprint is approved', with: { approved: plan().fingerprint } },
    { what: 'an approval of another plan', with: { approved: 'other' }, refused: ['other', plan().fingerprint] },
  ],
  'limits-unreadable': [
    { what: 'limits that can be read' },
    { what: 'limits that cannot be read', with: { limitsDigest: undefined }, refused: [null, plan().limitsDigest] },
  ],
  'limits-changed': [
    { what: 'the limits that the plan was made with' },
    { what: 'limits that have changed', with: { limitsDigest: 'other' }, refused: ['other', plan().limitsDigest] },
  ],
  'protected-list-changed': [
    { what: 'the protected list that the plan was made with' },
    {
      what: 'a protected list that has changed',
      with: { protectedDigest: 'other' },
      refused: ['other', plan().protectedDigest],
    },
  ],
  'policy-changed': [
    { what: 'a policy of the same version', plan: ofPolicy, with: { policy: stored() } },
    {
      what: 'a policy that has changed',
      plan: ofPolicy,
      with: { policy: stored({ version: 'v2' }) },
      refused: ['v2', 'v1'],
    },
    {
      what: 'a plan from a file beside another stored version',
      plan: { ...ofPolicy, source: 'file' },
      with: { policy: stored({ version: 'v2' }) },
    },
  ],
  'protected-unreadable': [
    { what: 'a protected list that can be read' },
    { what: 'a protected list that cannot be read', with: { protectedDigest: undefined }, refused: [null, null] },
  ],
  anomaly: [
    { what: 'a first snapshot, with nothing to compare', with: quiet(80) },
    { what: 'a rise by 4.9 points', with: quiet(14.9, 10) },
    { what: 'a rise by 5 points', with: quiet(15, 10) },
    { what: 'a rise by 5 points that is no round number in binary', with: quiet(10.3, 5.3) },
    { what: 'a rise by 5.1 points', with: quiet(15.1, 10), refused: [5.1, 5] },
    { what: 'a fall by 50 points', with: quiet(10, 60) },
    { what: 'a rise by 8 points where 4 are usual', with: quiet(38, 30, 26, 30, 26) },
    { what: 'a rise by 8.1 points where 4 are usual', with: quiet(38.1, 30, 26, 30, 26), refused: [8.1, 8] },
    {
      what: 'the same rise in a second snapshot, since what rose too much never becomes usual',
      with: quiet(80, 80, 10),
      refused: [70, 5],
    },
    { what: 'a share that has gone back to what was usual', with: quiet(12, 80, 10) },
    {
      what: 'a rise that only an incomplete snapshot had shown before',
      with: { ...quiet(80, 10), earlier: [snapshot({ inactive: 800, complete: false }), snapshot({ inactive: 100 })] },
      refused: [70, 5],
    },
    {
      what: 'a rise, for an undo that only gives back',
      plan: { source: 'undo', actions: [plannedAction('p', { action: 'restore-access' })] },
      with: quiet(80, 10),
    },
    {
      what: 'an earlier snapshot of nobody, which says nothing',
      with: { earlier: [snapshot({ accounts: 0, inactive: 0 })] },
    },
  ],
  'too-few-admins': [
    { what: 'a suspension with three admins', with: { snapshot: snapshot({ admins: 3 }) } },
    { what: 'a suspension with two admins', with: { snapshot: snapshot({ admins: 2 }) } },
    { what: 'a suspension with one admin', with: { snapshot: snapshot({ admins: 1 }) }, refused: [1, 2] },
    { what: 'a suspension with no admin', with: { snapshot: snapshot({ admins: 0 }) }, refused: [0, 2] },
    {
      what: 'a plan without actions and one admin',
      plan: { actions: [] },
      with: { snapshot: snapshot({ admins: 1 }) },
    },
    {
      what: 'a plan that only gives access back and one admin',
      plan: {
        actions: [plannedAction('p', { action: 'restore-access' }), plannedAction('q', { action: 'add-to-group' })],
      },
      with: { snapshot: snapshot({ admins: 1 }) },
    },
    {
      what: 'a plan that gives to one and takes from another, and one admin',
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
    { what: 'a policy that is gone', plan: ofPolicy, refused: ['gone', 'enabled'] },
    { what: 'a policy file that nobody imported', plan: { ...ofPolicy, source: 'file' } },
    { what: 'accounts picked by hand', plan: { source: 'picked' } },
  ],
  'not-previewed': [
    {
      what: 'a scheduled plan of a version that was seen',
      plan: { ...ofPolicy, scheduled: true },
      with: { policy: stored() },
    },
    {
      what: 'a scheduled plan of a version that nobody has seen',
      plan: { ...ofPolicy, scheduled: true, policyVersion: 'v2' },
      with: { policy: stored({ version: 'v2' }) },
      refused: ['v1', 'v2'],
    },
    {
      what: 'a scheduled plan of a version that was seen for another organization',
      plan: { ...ofPolicy, scheduled: true },
      with: { policy: stored({ previewedIn: brandId('elsewhere') }) },
      refused: ['v1', 'v1'],
    },
    { what: 'a plan that a person made', plan: ofPolicy, with: { policy: stored({ previewedVersion: 'v0' }) } },
  ],
  stopped: [
    { what: 'a stop switch that is off' },
    { what: 'a stop switch that is on', with: { stopped: true }, refused: ['on', 'off'] },
  ],
  'plan-before-reconciliation': [
    { what: 'a plan of after the reconciliation', plan: { createdAt: testNow }, with: { reconciledAt: testNow } },
    {
      what: 'a plan of before the reconciliation',
      plan: { createdAt: testNow - 1 },
      with: { reconciledAt: testNow },
      refused: ['2026-11-24T07:59:59.999Z', '2026-11-24T08:00:00.000Z'],
    },
  ],
  'database-older': [
    { what: 'a database that holds all that was done' },
    { what: 'a database without its last 3 of 10 entries', with: { gap: { end: 7, lost: 3 } }, refused: [7, 10] },
    {
      what: 'a database of which nobody can tell how much is missing',
      with: { gap: { end: 7, lost: undefined } },
      refused: [7, null],
    },
  ],
  'wrong-organization': [
    { what: 'the connected organization' },
    { what: 'the connected organization, which answers', with: { answering: acme } },
    { what: 'another organization', with: { organizationId: brandId('org-2') }, refused: ['org-2', 'Acme (org-1)'] },
    {
      what: 'an organization of another name',
      with: { answering: { id: acme.id, name: 'Acme Labs' } },
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
    it('says what and how much in a whole sentence, without a command', () => {
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
      plan({ ...touching(300, 1000), snapshotAsOf: testNow - 2 * day, createdAt: testNow - 2 * day }),
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

  it('names what, how much and against which limit', () => {
    const [refusal] = guard(plan(touching(41, 120)), guardContext(), 'approve').filter(
      ({ code }) => code === 'too-many',
    )
    expect(refusal?.message).toContain('The plan changes 41 of 120 accounts (34.2 %); its limits allow 6.')
  })
})

/** Everything is wrong at once, for a plan that only restores access and for one that removes it. */
const worst = (restoring: boolean, moment: Moment) => {
  const action = restoring ? 'restore-access' : 'suspend-access'
  const wrong: Partial<Plan> = {
    source: restoring ? 'undo' : 'policy',
    policy: 'Quiet seats',
    policyVersion: 'v1',
    scheduled: true,
    population: 1000,
    actions: Array.from({ length: 300 }, (_, n) => plannedAction(`p-${n}`, { action })),
    snapshotAsOf: testNow - 2 * day,
    createdAt: testNow - 2 * day,
  }
  const changed = {
    organizationId: brandId('org-2'),
    snapshot: snapshot({ ...quiet(80).snapshot, admins: 0, complete: false }),
    earlier: quiet(80, 10).earlier ?? [],
    policy: stored({ version: 'v2', previewedVersion: 'v0', enabled: false }),
    protectedDigest: 'other',
    limitsDigest: 'other',
    stopped: true,
    reconciledAt: testNow,
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
const ofLimits = ['limits-unreadable', 'limits-changed'] as const
const amounts = ['not-previewed', 'too-few-admins', 'over-ceiling', 'too-many', 'over-budget', 'anomaly'] as const
const snapshots = ['snapshot-stale', 'snapshot-incomplete'] as const
const disabled = ['policy-changed', 'policy-disabled'] as const
const lists = ['protected-list-changed', 'protected-unreadable'] as const
const before = [
  'stopped',
  ...known,
  ...ofLimits,
  ...lists,
  ...disabled,
  'plan-expired',
  ...snapshots,
  ...amounts,
] as const

describe('guard asks', () => {
  it.each<[Moment, readonly RefusalName[]]>([
    ['preview', before],
    ['approve', [...before, 'approval-for-another-plan']],
    ['first-step', before],
    ['advance', [...known, ...ofLimits, ...disabled, 'plan-expired']],
    [
      'resume',
      [
        'stopped',
        ...known,
        'approval-for-another-plan',
        ...ofLimits,
        ...lists,
        ...disabled,
        'plan-expired',
        'over-budget',
      ],
    ],
    ['rejoin', ['stopped', ...known, 'approval-for-another-plan', 'protected-unreadable']],
    ['report', ['approval-for-another-plan']],
  ])('at the moment %s exactly what can refuse then', (moment, names) => {
    expect(worst(false, moment)).toEqual(refusalNames.filter((name) => names.includes(name)))
  })

  it('an undo that only restores for everything that could lock somebody out, and for nothing else', () => {
    const whole = [
      'stopped',
      ...known,
      ...ofLimits,
      ...lists,
      'plan-expired',
      'not-previewed',
      'over-ceiling',
      'too-many',
    ]
    expect(worst(true, 'preview')).toEqual(refusalNames.filter((name) => whole.includes(name)))
    expect(worst(true, 'advance')).toEqual([...known])
  })

  it('and knows a remedy for each refusal, also for one of an earlier version that names no cause', () => {
    for (const name of refusalNames) expect(remedyOf({ code: refusalTable[name].code })).toMatch(/^[a-z-]+$/)
    expect(remedyOf({ code: 'fingerprint-mismatch' })).toBe('make-new-plan')
    expect(remedyOf({ code: 'fingerprint-mismatch', cause: 'approval-for-another-plan' })).toBe('review-plan')
  })

  it('by the code that scripts know, with the cause beside it', () => {
    const [refusal] = guard(plan(), guardContext({ limitsDigest: 'other' }), 'preview')
    expect(refusal).toMatchObject({ code: 'fingerprint-mismatch', cause: 'limits-changed' })
    expect(new Set(Object.values(refusalTable).map(({ code }) => code))).toEqual(new Set(refusalCodes))
    expect(moments.every((moment) => worst(false, moment).length > 0)).toBe(true)
  })
})

describe('acceptance', () => {
  const all = refusalCodes.map((code) => ({ code, message: '', actual: null, limit: null }))

  it('is possible for exactly four codes', () => {
    expect(acceptableCodes.toSorted()).toEqual(['anomaly', 'not-previewed', 'over-budget', 'too-many'])
  })

  it('leaves every other refusal standing, whatever is accepted', () => {
    const left = notAccepted(all, refusalCodes).map(({ code }) => code)
    expect(left).toEqual(refusalCodes.filter((code) => !acceptableCodes.includes(code)))
  })

  it('leaves an acceptable refusal standing unless it is named', () => {
    expect(notAccepted(all, ['too-many']).map(({ code }) => code)).toContain('over-budget')
    expect(notAccepted(all, ['too-many']).map(({ code }) => code)).not.toContain('too-many')
  })

  it('never lifts the ceiling', () => {
    const refusals = guard(plan(touching(201, 1000)), guardContext(), 'approve')
    expect(notAccepted(refusals, acceptableCodes).map(({ code }) => code)).toEqual(['over-ceiling'])
  })
})

describe('what limits allow', () => {
  it('never exceeds the ceiling, for no population and no permitted limits', () => {
    for (let population = 0; population <= 400; population += 1)
      for (const limits of [
        { accounts: 100_000, percent: 20 },
        { accounts: 50, percent: 5 },
        { accounts: 1, percent: 0.1 },
      ])
        expect(allowedAccounts({ population, limits })).toBeLessThanOrEqual(ceiling(population))
  })
})
