// Plans: ordered, counted and fingerprinted. One changed byte gives another fingerprint.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Account,
  type ActionId,
  brandId,
  defaultLimits,
  type Exclusion,
  fingerprintOf,
  type Judgement,
  type Plan,
  type PlanContent,
  type PlanId,
  day,
} from '../src/index.js'
import { withFingerprint } from '../src/model/plan-fingerprint.js'
import {
  access,
  account,
  accountId,
  confluence,
  manualSystem,
  plan,
  plannedAction,
  sha256,
  testNow,
} from '../src/testing/index.js'
import { draft } from '../src/plan/draft.js'

const system = manualSystem()
const print = (changes: Partial<PlanContent> = {}) => fingerprintOf(plan(changes), system)

describe('the fingerprint of a plan', () => {
  const changed: Readonly<Record<keyof PlanContent, Partial<PlanContent>>> = {
    policy: { policy: 'Another' },
    policyVersion: { policyVersion: 'v2' },
    snapshotId: { snapshotId: brandId('snapshot-2') },
    snapshotAsOf: { snapshotAsOf: testNow + 1 },
    organization: { organization: { id: brandId('org-1'), name: 'Acme ' } },
    scope: { scope: { site: 'acme.atlassian.net', product: 'confluence' } },
    groupIds: { groupIds: [{ name: 'leavers', ids: [brandId('group-1')] }] },
    excludesNobody: { excludesNobody: ['not in group leavers'] },
    conditions: { conditions: { condition: 'managed', value: true } },
    population: { population: 1001 },
    populationKind: { populationKind: 'product-users' },
    limits: { limits: { ...defaultLimits, accounts: 51 } },
    limitsDigest: { limitsDigest: 'q'.repeat(64) },
    seats: { seats: [] },
    protectedDigest: { protectedDigest: 'q'.repeat(64) },
    frees: { frees: [{ site: 'acme.atlassian.net', product: 'confluence', seats: 1 }] },
    undoOf: { undoOf: brandId('run-1') },
    partial: { partial: true },
    undoneSteps: { undoneSteps: 3 },
    asked: { asked: 1 },
    take: { take: 4 },
    excludedWhenAsked: {
      excludedWhenAsked: [{ accountId: accountId('person-3'), reason: { code: 'tokens-unreadable' } }],
    },
    leftOut: { leftOut: [{ accountId: accountId('person-3'), reason: { code: 'requester' } }] },
    madeBy: { madeBy: 'noah' },
    scheduled: { scheduled: true },
    source: { source: 'undo' },
    action: { action: 'suspend-access' },
    group: { group: 'leavers' },
    actions: { actions: [plannedAction('person-2')] },
    excludedAccounts: { excludedAccounts: [{ accountId: accountId('person-3'), reason: { code: 'requester' } }] },
    excluded: { excluded: { total: 999, reasons: [{ code: 'requester', text: 'other', accounts: 999 }] } },
  }
  it.each(Object.entries(changed))('changes with %s', async (_key, changes) => {
    expect(await print(changes)).not.toBe(await print())
  })

  const one = plannedAction('person-0')
  const details: readonly Partial<Plan['actions'][number]>[] = [
    { accountId: accountId('person-9') },
    { action: 'deactivate-account' },
    { target: { group: 'x' } },
    { reason: 'other' },
    { undo: 'other' },
    { lastActive: null },
  ]
  it.each(details)('changes with a detail of one action: %j', async (changes) => {
    expect(await print({ actions: [{ ...one, ...changes }] })).not.toBe(await print({ actions: [one] }))
  })

  it('changes with the order of the actions', async () => {
    const [a, b] = [plannedAction('a'), plannedAction('b')]
    expect(await print({ actions: [a, b] })).not.toBe(await print({ actions: [b, a] }))
  })

  it('does not change with the order of keys', async () => {
    const shuffled = Object.fromEntries(Object.entries(plan()).toReversed()) as unknown as Plan
    expect(await fingerprintOf(shuffled, system)).toBe(await print())
  })

  it('changes with the id and the date of the plan, so that nobody can backdate a plan', async () => {
    for (const changes of [{ planId: brandId<PlanId>('x') }, { createdAt: 0 }])
      expect(await fingerprintOf(plan(changes), system)).not.toBe(await print())
  })

  it('is the same after a store has written the plan and read it back', async () => {
    const content = plan({
      actions: [plannedAction('a', { target: { changes: [{ kind: 'activate', accountId: accountId('a') }] } })],
    })
    expect(await fingerprintOf(JSON.parse(JSON.stringify(content)) as Plan, system)).toBe(
      await fingerprintOf(content, system),
    )
  })

  it('is a SHA-256 digest that withFingerprint adds to the plan', async () => {
    const { planId, createdAt, fingerprint: _old, ...content } = plan()
    const fingerprinted = await withFingerprint(content, planId, createdAt, system)
    expect(fingerprinted.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(fingerprinted.fingerprint).toBe(await fingerprintOf(fingerprinted, system))
    expect(await sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

async function* stream(judgements: readonly Judgement[]) {
  yield* judgements
}
const judgement = (id: string, inactiveDays: number | undefined, exclusion?: Exclusion): Judgement => {
  const lastActive =
    inactiveDays === undefined
      ? ({ kind: 'never', since: 1 } as const)
      : ({ kind: 'at', at: testNow - inactiveDays } as const)
  const one = account({ accountId: accountId(id), products: [access({ lastActive })] })
  if (exclusion === undefined) return { account: one, matched: true, because: 'inactive' }
  return { account: one, matched: false, because: exclusion, alreadySo: false }
}
const drafted = (judgements: readonly Judgement[], take?: number) =>
  draft(stream(judgements), { action: 'suspend-access', target: {}, take })

describe('a draft', () => {
  const judgements = [
    judgement('b', 5),
    judgement('a', 5),
    judgement('c', 9),
    judgement('d', undefined),
    judgement('e', 1, { code: 'requester' }),
  ]

  it('sorts by activity, the never-active first, and breaks ties by account id', async () => {
    expect((await drafted(judgements)).actions.map((one) => one.accountId)).toEqual(['d', 'c', 'a', 'b'])
  })

  it('takes at most the requested number, the least active, and excludes the rest for that reason', async () => {
    const { actions, excluded, population } = await drafted(judgements, 2)
    expect(actions.map((one) => one.accountId)).toEqual(['d', 'c'])
    const beyond = 'not among the 2 least active, which one run changes at most'
    expect([excluded, population]).toEqual([
      {
        total: 3,
        reasons: [
          { code: 'requester', text: 'is the requester', accounts: 1 },
          { code: 'beyond-take', text: beyond, accounts: 2 },
        ],
      },
      5,
    ])
  })

  it('gives each action its reason, its undo and the newest known activity', async () => {
    const mixed: Account['products'] = [
      access({ lastActive: { kind: 'at', at: testNow - 200 * day } }),
      access({ workspace: confluence, product: 'confluence', lastActive: { kind: 'unknown', why: 'not sent' } }),
    ]
    const { actions } = await drafted([{ account: account({ products: mixed }), matched: true, because: 'inactive' }])
    expect(actions[0]).toMatchObject({
      reason: 'inactive',
      undo: 'restore access, with the same groups and roles',
      lastActive: testNow - 200 * day,
    })
  })

  it.each<[ActionId, number]>([
    ['suspend-access', 1],
    ['remove-from-group', 1],
    ['restore-access', 5],
    ['add-to-group', 5],
  ])(
    'for %s counts %i of five accounts as the population when four of them have no access',
    async (action, population) => {
      const others: readonly Partial<Account>[] = [
        { accountStatus: 'inactive' },
        { accountStatus: 'closed' },
        { membershipStatus: 'suspended' },
        { membershipStatus: 'unknown' },
      ]
      const idle = others.map((one, n): Judgement => ({
        account: account({ accountId: accountId(`idle-${n}`), ...one }),
        matched: false,
        because: { code: 'too-new' },
        alreadySo: false,
      }))
      const made = await draft(stream([...idle, judgement('a', 5)]), { action, target: {} })
      expect([made.population, made.actions.length, made.excluded.total]).toEqual([population, 1, 4])
    },
  )

  it('is the same for any order of accounts, and counts every account', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(judgements, { minLength: 5 }),
        fc.integer({ min: 1, max: 6 }),
        async (shuffled, take) => {
          const made = await drafted(shuffled, take)
          expect(made).toEqual(await drafted(judgements, take))
          expect(made.actions.length + made.excluded.total).toBe(made.population)
          expect(made.excluded.reasons.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(made.excluded.total)
        },
      ),
    )
  })
})
