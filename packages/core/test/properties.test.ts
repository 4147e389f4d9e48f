// Properties that hold for random organizations and random policies.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  acceptableCodes,
  type ActionId,
  actionIds,
  actions,
  allowedAccounts,
  ceiling,
  day,
  type LastActive,
  type Plan,
  protectedBy,
  type Protection,
  type RefusalCode,
} from '../src/index.js'
import {
  accountOf,
  confluence,
  group,
  jira,
  mainDirectory,
  memoryWorld,
  type MemoryWorld,
  organization,
  person,
  type Person,
  policy,
  secondDirectory,
  site,
  testNow,
} from '../src/testing/index.js'
import { by, factsOf, forever, stateOf } from './flow.js'

// Fixed, so that the counts at the end are the same every time.
const seed = 20_261_124

const commonGroups = ['jira-users', 'jira-testers', 'confluence-users', 'contractors-keep', 'jira-eu']
const lastActive: fc.Arbitrary<LastActive> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.integer({ min: 0, max: 400 }).map((days) => ({ kind: 'at', at: testNow - days * day }) as const),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'at', at: testNow - 92 * day, dateOnly: true } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'at', at: testNow + 3 * day } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'never', since: testNow - 500 * day } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'unknown', why: 'not sent' } as const) },
)
const rarely = <T>(value: T, common: T): fc.Arbitrary<T> =>
  fc.integer({ min: 0, max: 9 }).map((n) => (n === 0 ? value : common))
const membership = fc.constantFrom('active', 'active', 'active', 'suspended', 'unknown') as fc.Arbitrary<
  'active' | 'suspended' | 'unknown'
>

const anyPerson = (id: string): fc.Arbitrary<Person> =>
  fc
    .record({
      groups: fc.subarray(commonGroups),
      fixed: rarely(['okta-engineering'], []),
      broad: rarely(['all-in-one'], []),
      used: fc.record({ jira: lastActive, confluence: lastActive }),
      main: membership,
      second: fc.option(membership, { nil: undefined }),
      name: rarely('Backup Service', `Person ${id}`),
      accountType: rarely('app', 'atlassian'),
      synced: rarely(true, false),
      managed: rarely(false, true),
      role: rarely('atlassian/org-admin', 'atlassian/user'),
      accountStatus: fc.constantFrom('active', 'active', 'active', 'active', 'inactive') as fc.Arbitrary<
        'active' | 'inactive'
      >,
      addedAt: fc.constantFrom(testNow - 900 * day, testNow - 900 * day, testNow - 20 * day, undefined),
    })
    .map(({ used, main, second, role, groups, fixed, broad, ...rest }) =>
      person(id, {
        ...rest,
        // A group and its members belong to one directory.
        groups: [...groups.filter((name) => name !== 'jira-eu' || second !== undefined), ...fixed, ...broad],
        platformRoles: [role],
        used: [
          [jira, used.jira],
          [confluence, used.confluence],
        ],
        memberships: [[mainDirectory, main], ...(second === undefined ? [] : [[secondDirectory, second] as const])],
      }),
    )

const leaf = fc.constantFrom<unknown>(
  { 'inactive-for': '90d' },
  { 'never-active': '30d' },
  { 'last-active-before': '2026-06-01' },
  { 'in-group': 'contractors-keep' },
  { managed: true },
  { status: 'active' },
  { status: 'suspended' },
  { 'has-product': 'confluence' },
  { 'added-before': '2026-01-01' },
  { 'email-matches': 'p1*' },
)
const conditions = fc.oneof(
  leaf,
  leaf.map((inner) => ({ not: inner })),
  fc.array(leaf, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
  fc.array(leaf, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
)
const protections = fc.subarray<string>(['p3', 'p5', 'group:contractors-keep', 'email:p2*@acme.example'])
const scenario = fc.record({
  people: fc
    .integer({ min: 0, max: 70 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, n) => anyPerson(`p${n}`)))),
  action: fc.constantFrom(...actionIds),
  wide: fc.boolean(),
  conditions,
  protections,
  percent: fc.constantFrom(5, 10, 20),
  accounts: fc.constantFrom(3, 50),
  accepted: fc.constantFrom<RefusalCode[]>([...acceptableCodes], [...acceptableCodes], []),
  take: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined, freq: 1 }),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never

const worldOf = ({ people }: Scenario): MemoryWorld => {
  const base = organization(people)
  const directories = [...base.directories, { id: secondDirectory, name: 'eu' }]
  const groups = [...base.groups, group('jira-eu', { grants: [jira], directoryId: secondDirectory })]
  return memoryWorld({ ...base, directories, groups })
}
const policyOf = ({ action, wide, conditions: tree, percent, accounts, take }: Scenario) => {
  const ofProduct = actions[action].needs === 'product' || !wide
  return policy({
    scope: ofProduct ? { site, product: 'jira-software' } : 'organization',
    conditions: tree,
    actions: [action],
    limits: { percent, accounts, ...(take === undefined ? {} : { take }) },
    ...(actions[action].needs === 'group'
      ? { group: actions[action].removesAccess ? 'jira-users' : 'contractors-keep' }
      : {}),
  })
}

/** Makes a plan, runs it unless the guard refuses it, and returns the changed accounts. */
async function planAndRun(one: Scenario) {
  const world = worldOf(one)
  for (const subject of one.protections) await world.app.protect({ subject, reason: 'board' }, by)
  await world.app.sync(by)
  const before = stateOf(world)
  const protectedIds = await protectedIn(world)
  const { plan } = await world.app.planFile(policyOf(one), by)
  const approved = await world.app.approve(
    { planId: plan.planId, fingerprint: plan.fingerprint, accepted: one.accepted },
    by,
  )
  if ('run' in approved) await world.app.work(approved.run.runId, forever)
  const changed = new Set<string>(world.directory.arrived.map(({ change }) => change.accountId))
  return { world, before, protectedIds, plan, changed, run: 'run' in approved ? approved.run : undefined, approved }
}

async function protectedIn({ organization: truth, ports, system }: MemoryWorld): Promise<ReadonlySet<string>> {
  const list: readonly Protection[] = await ports.store.protections()
  const people = [...truth.people.values()]
  return new Set(
    people
      .filter((one) => protectedBy(accountOf(one, truth), list, system.now()) !== undefined)
      .map((one) => one.accountId),
  )
}

const removesAccess = (action: ActionId) => actions[action].removesAccess
const counts = { runs: 0, refused: 0, changed: 0, undone: 0 }

/** The invariants I1 to I6, for one scenario. */
async function keepsInvariants(one: Scenario): Promise<void> {
  const { world, before, protectedIds, plan, changed, run, approved } = await planAndRun(one)
  expect(plan.actions.filter(({ accountId }) => protectedIds.has(accountId))).toEqual([])
  expect([...changed].filter((id) => protectedIds.has(id))).toEqual([])
  const others = Object.keys(before).filter((id) => !plan.actions.some(({ accountId }) => accountId === id))
  for (const id of others) expect(stateOf(world)[id]).toEqual(before[id])
  const limit = one.accepted.includes('too-many') ? ceiling(plan.population) : allowedAccounts(plan)
  expect(changed.size).toBeLessThanOrEqual(limit)
  const considered = plan.actions.length + plan.excluded.total
  if (removesAccess(one.action)) expect(plan.population).toBeLessThanOrEqual(considered)
  else {
    const apps = [...world.organization.people.values()].filter(({ accountType }) => accountType !== 'atlassian')
    expect(plan.population).toBeLessThanOrEqual(considered)
    expect(plan.population).toBeGreaterThanOrEqual(considered - apps.length)
  }
  expect((await world.app.verifyAudit()).ok).toBe(true)
  if (run === undefined) {
    counts.refused += 1
    expect('refusals' in approved && approved.refusals.length).toBeGreaterThan(0)
    expect(changed.size).toBe(0)
    return
  }
  counts.runs += 1
  counts.changed += changed.size
  await changesOnce(world, plan)
  await undoRestores(world, before, run.runId)
}

/** I4 and I5: every change has an intent before it, no account is changed twice, and running again changes nothing. */
async function changesOnce(world: MemoryWorld, plan: Plan): Promise<void> {
  const sent = world.directory.arrived.map(({ change }) => JSON.stringify(change))
  expect(new Set(sent).size).toBe(sent.length)
  const intents = (await factsOf(world.app)).filter(({ event }) => event === 'intent').map(({ subject }) => subject)
  for (const { change } of world.directory.arrived) expect(intents).toContain(change.accountId)
  const again = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
  if ('run' in again) await world.app.work(again.run.runId, forever)
  expect(world.directory.arrived).toHaveLength(sent.length)
}

/** I6: undo restores every account exactly, or lists it as protected or as an account with unknown activity. */
async function undoRestores(
  world: MemoryWorld,
  before: Readonly<Record<string, unknown>>,
  runId: string,
): Promise<void> {
  const { plan } = await world.app.planUndo(runId, by)
  const approved = await world.app.approve(
    { planId: plan.planId, fingerprint: plan.fingerprint, accepted: [...acceptableCodes] },
    by,
  )
  if ('refusals' in approved) throw new Error(approved.refusals.map(({ message }) => message).join(' '))
  await world.app.work(approved.run.runId, forever)
  const steps = await world.app.results(approved.run.runId)
  const exceptions = steps.filter(({ state }) => state !== 'applied')
  for (const { reason } of exceptions) expect(reason).toMatch(/^(protected list|last active)/)
  counts.undone += steps.length - exceptions.length
  for (const [id, was] of Object.entries(before))
    if (!exceptions.some(({ accountId }) => accountId === id)) expect(stateOf(world)[id]).toEqual(was)
}

it('changes no protected account, exceeds no limit, changes no account twice, and undoes every change', async () => {
  await fc.assert(fc.asyncProperty(scenario, keepsInvariants), { numRuns: 250, seed })
  // The scenarios must reach every outcome often enough.
  expect(counts.runs).toBeGreaterThan(60)
  expect(counts.refused).toBeGreaterThan(15)
  expect(counts.changed).toBeGreaterThan(60)
  expect(counts.undone).toBeGreaterThan(60)
})

it('a policy about inactivity takes nothing from accounts that were active inside the threshold or have unknown activity', async () => {
  let checked = 0
  const inactivity = scenario.map((one) => ({
    ...one,
    action: removesAccess(one.action) ? one.action : actions[one.action].inverse,
    conditions: { 'inactive-for': '90d' },
    accepted: [...acceptableCodes],
    take: 6,
  }))
  await fc.assert(
    fc.asyncProperty(inactivity, async (one) => {
      const { world, changed, plan } = await planAndRun(one)
      for (const id of changed) {
        const account = accountOf(world.organization.people.get(id) as Person, world.organization)
        const seen = one.people.find(({ accountId }) => accountId === id)
        const products =
          plan.scope === 'organization' || actions[one.action].severity !== 'product'
            ? account.products.map(({ workspace }) => workspace)
            : [jira]
        const used = products.map((ari) => seen?.used.get(ari))
        for (const last of used) {
          expect(last?.kind).not.toBe('unknown')
          if (last?.kind === 'at') expect(testNow - last.at).toBeGreaterThan(90 * day)
        }
        checked += 1
      }
    }),
    { numRuns: 150, seed },
  )
  expect(checked).toBeGreaterThan(30)
})
