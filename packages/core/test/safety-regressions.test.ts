// Safety regressions: situations in which a rule seemed to protect an account, but Rollcall changed it. Now it does not.

import { describe, expect, it } from 'vitest'
import {
  type AuditFact,
  brandId,
  day,
  type GroupId,
  hour,
  leaseLength,
  minute,
  type Plan,
  second,
  viewExcluded,
} from '../src/index.js'
import { confluence, jira, mainDirectory, memoryWorld, organization, wideLimits } from '../src/testing/index.js'
import { type MemoryWorld, person, policy, site, testNow } from '../src/testing/index.js'
import {
  by,
  activeUsers,
  factsOf,
  fireScheduledPolicy,
  forever,
  syncAndPlan,
  inactiveUsers,
  approveAndRun,
  reasonsOf,
  resultsOf,
  worldOf,
} from './flow.js'

const suspending = { scope: 'organization', actions: ['suspend-access'] }
const jiraUsers = brandId<GroupId>('group-jira-users')
const bothProducts = { groups: ['jira-users', 'confluence-users'] }
const userOf = ({ organization: { people } }: MemoryWorld, id = 'inactive-0') => {
  const user = people.get(id)
  if (user === undefined) throw new Error(`no ${id}`)
  return user
}
const membershipsOf = (world: MemoryWorld) => [...userOf(world).memberships.values()]
const undo = async (world: MemoryWorld, runId: string) => {
  await world.app.sync(by)
  return approveAndRun(world.app, (await world.app.planUndo(runId, by)).plan)
}

/** Works on a plan until the first change has arrived. The process dies before it receives the response. */
async function killedAfterSending(world: MemoryWorld, plan: Plan): Promise<void> {
  const { apply } = world.ports.directory
  Object.assign(world.ports.directory, {
    apply: async (...given: Parameters<typeof apply>) => {
      await apply(...given)
      throw new Error('killed')
    },
  })
  await expect(approveAndRun(world.app, plan)).rejects.toThrow('killed')
  Object.assign(world.ports.directory, { apply })
}

/** The next reading takes ten minutes, and meanwhile a person gives the access back. */
function givenBackWhileReading(world: MemoryWorld): void {
  const { directory } = world.ports
  const { readAccount } = directory
  Object.assign(directory, {
    readAccount: async (...given: Parameters<typeof readAccount>) => {
      Object.assign(directory, { readAccount })
      world.system.advance(10 * minute)
      userOf(world).groups.add(jiraUsers)
      return readAccount(...given)
    },
  })
}

describe('a change that a person may have reversed is not sent again', () => {
  it('when Atlassian applied it, responded with an error and was slow to read back', async () => {
    const world = worldOf(inactiveUsers(1), {
      faults: [{ operation: 'apply', at: 1, effect: 'landed', responded: true }],
      onChange: () => givenBackWhileReading(world),
    })
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect([run.counts.unknown, world.directory.arrived.length]).toEqual([1, 1])
    expect([...userOf(world).groups]).toEqual([jiraUsers])
  })

  it('when its process was killed a moment ago and reading back took long', async () => {
    const world = worldOf(inactiveUsers(1))
    const plan = await syncAndPlan(world)
    await killedAfterSending(world, plan)
    world.system.advance(5 * second)
    givenBackWhileReading(world)
    const run = await approveAndRun(world.app, plan)
    expect([run.counts.unknown, world.directory.arrived.length]).toEqual([1, 1])
  })
})

describe('Rollcall notices a restore by a person', () => {
  it('even when a later run removed something else from the account', async () => {
    const world = worldOf([person('x', { ...bothProducts, inactiveDays: 300 })])
    await approveAndRun(world.app, await syncAndPlan(world))
    await approveAndRun(world.app, await syncAndPlan(world, { name: 'B', scope: { site, product: 'confluence' } }))
    world.system.advance(day)
    userOf(world, 'x').groups.add(jiraUsers)
    expect((await syncAndPlan(world)).actions).toEqual([])
    expect((await world.app.vetoes()).map(({ accountId }) => accountId)).toEqual(['x'])
  })

  it('even when the person used a policy file in Rollcall', async () => {
    const world = worldOf(inactiveUsers(1))
    await approveAndRun(world.app, await syncAndPlan(world, suspending))
    const restoring = { scope: 'organization', conditions: { status: 'suspended' }, actions: ['restore-access'] }
    await approveAndRun(world.app, await syncAndPlan(world, restoring))
    expect((await syncAndPlan(world, suspending)).actions).toEqual([])
  })
})

describe('use of a product that the account has lost since', () => {
  it('excludes the account from a plan that was made before the use and the loss', async () => {
    const world = worldOf([person('x', { ...bothProducts, inactiveDays: 300 })])
    const plan = await syncAndPlan(world, suspending)
    world.system.advance(2 * hour)
    userOf(world, 'x').used.set(confluence, { kind: 'at', at: world.system.now() - hour })
    await world.app.sync(by)
    userOf(world, 'x').groups.delete(brandId('group-confluence-users'))
    await world.app.sync(by)
    expect((await approveAndRun(world.app, plan)).counts.skipped).toBe(1)
  })

  it.each([
    ['is unknown', { kind: 'unknown', why: 'unreadable' } as const],
    [
      'is a date in the margin',
      { kind: 'at', at: Math.floor(testNow / day) * day - 91 * day, dateOnly: true } as const,
    ],
  ])('excludes the account when it %s', async (_what, last) => {
    const used = [[jira, { kind: 'at', at: testNow - 300 * day }] as const, [confluence, last] as const]
    const world = worldOf([person('x', { ...bothProducts, used })])
    await world.app.sync(by)
    userOf(world, 'x').groups.delete(brandId('group-confluence-users'))
    world.system.advance(1)
    expect((await syncAndPlan(world, suspending)).actions).toEqual([])
  })
})

it('a policy for one product keeps a group that grants a second product to an account that uses the second one', async () => {
  const used = [
    [jira, { kind: 'at', at: testNow - 300 * day }] as const,
    [confluence, { kind: 'at', at: testNow - day }] as const,
  ]
  const world = worldOf([person('x', { groups: ['all-in-one'], used })])
  expect((await syncAndPlan(world, { actions: ['remove-from-group'], group: 'all-in-one' })).actions).toEqual([])
})

it.each([
  ['a seat', {}],
  ['a group', { actions: ['remove-from-group'], group: 'jira-users' }],
  ['access', suspending],
])('an API token in use protects an account from losing %s', async (_what, changes) => {
  const program = person('x', { inactiveDays: 300, tokenUsedAt: testNow - minute })
  const world = worldOf([person('x', { inactiveDays: 300 })])
  const plan = await syncAndPlan(world, changes)
  world.organization.people.set(program.accountId, program)
  const run = await approveAndRun(world.app, plan)
  expect((await reasonsOf(world.app, run.runId))[0]).toContain('an API token was used')
  const { actions, excluded } = await syncAndPlan(worldOf([program]), changes)
  expect([actions, excluded.reasons.map(({ code }) => code)]).toEqual([[], expect.arrayContaining(['token-in-use'])])
})

describe('old dates for everyone', () => {
  async function withOldDates(syncs: number) {
    const world = worldOf(inactiveUsers(2))
    await world.app.sync(by)
    for (const { used } of world.organization.people.values())
      for (const ari of [jira, confluence]) used.set(ari, { kind: 'at', at: testNow - 400 * day })
    for (let n = 0; n < syncs; n += 1) {
      world.system.advance(minute)
      await world.app.sync(by)
    }
    return world
  }
  const file = policy({ limits: { take: 2 } })
  const codesOf = async ({ app }: MemoryWorld) => (await app.planFile(file, by)).refusals.map(({ code }) => code)

  it.each([1, 7, 40])('never become the baseline by themselves: after %i syncs', async (syncs) => {
    expect(await codesOf(await withOldDates(syncs))).toContain('anomaly')
  })

  it('can be accepted by name for one run, and block the next one', async () => {
    const world = await withOldDates(2)
    expect((await approveAndRun(world.app, (await world.app.planFile(file, by)).plan)).status).toBe('finished')
    world.system.advance(minute)
    await world.app.sync(by)
    expect(await codesOf(world)).toContain('anomaly')
  })

  it('become the baseline when a person accepts them, and the audit log records who did', async () => {
    const world = await withOldDates(2)
    expect((await world.app.acceptBaseline('noah'))?.share).toBeGreaterThan(90)
    expect(await codesOf(world)).not.toContain('anomaly')
    for (const _ of [1, 2]) {
      world.system.advance(minute)
      await world.app.sync(by)
      expect(await codesOf(world)).not.toContain('anomaly')
    }
    const logged = (await factsOf(world.app)).filter(({ event }) => event === 'taken-as-usual')
    expect(logged.map(({ actor }) => actor)).toEqual(['noah'])
  })

  it('become the baseline only for the reviewed snapshot, which the audit log names, and not when a newer one exists', async () => {
    const world = await withOldDates(1)
    const [seen] = await world.ports.store.snapshots(1)
    world.system.advance(minute)
    await world.app.sync(by)
    await expect(world.app.acceptBaseline('noah', seen?.id)).rejects.toThrow(
      'There is a newer snapshot than the one you reviewed',
    )
    expect(await codesOf(world)).toContain('anomaly')
    const [newest] = await world.ports.store.snapshots(1)
    const { id = '', accounts = 0, inactive = 0 } = newest ?? {}
    const accepted = await world.app.acceptBaseline('noah', id)
    expect(accepted).toMatchObject({ snapshotId: id, accounts, quiet: inactive })
    expect(await codesOf(world)).not.toContain('anomaly')
    const logged = (await factsOf(world.app)).filter(({ event }) => event === 'taken-as-usual')
    expect(logged.map(({ subject }) => subject)).toEqual([id])
  })

  it('do not become the baseline for a snapshot that finishes while a person accepts an earlier one', async () => {
    const world = await withOldDates(1)
    const { store } = world.ports
    const { snapshots } = store
    let queries = 0
    Object.assign(store, {
      snapshots: async (limit: number) => {
        const found = await snapshots(limit)
        queries += 1
        const [first] = found
        if (queries === 1 && first !== undefined)
          await store.putSnapshot({ ...first, id: brandId('next'), startedAt: first.startedAt + 1 })
        return found
      },
    })
    const accepted = await world.app.acceptBaseline('noah')
    expect(accepted?.snapshotId).not.toBe('next')
    expect((await snapshots(9)).filter(({ acceptedAsBaseline }) => acceptedAsBaseline).map(({ id }) => id)).toEqual([
      accepted?.snapshotId,
    ])
  })
})

describe('wrong dates block the policies that depend on them', () => {
  const old = (days: number) => ({ kind: 'at', at: testNow - days * day }) as const
  /** Sixty people who worked yesterday. The next snapshot shows older dates for them in the given products. */
  async function withWrongDates(days: number, products: readonly (typeof jira)[]) {
    const people = Array.from({ length: 60 }, (_, n) => person(`busy-${n}`, { ...bothProducts, inactiveDays: 1 }))
    const world = memoryWorld(organization(people))
    await world.app.sync(by)
    for (const { used } of world.organization.people.values()) for (const ari of products) used.set(ari, old(days))
    world.system.advance(minute)
    await world.app.sync(by)
    return world
  }
  const refusalsOf = async ({ app }: MemoryWorld, changes: Readonly<Record<string, unknown>>) =>
    (await app.planFile(policy({ limits: { take: 3 }, ...changes }), by)).refusals

  it.each([
    ['two months old, for a policy of one month', 60, [jira, confluence], '30d', suspending],
    ['ten days old, for a policy of a week', 10, [jira, confluence], '7d', suspending],
    ['in one product, for a policy on that product', 300, [jira], '90d', {}],
    ['a year and a half old, for a policy of a year', 500, [jira, confluence], '365d', suspending],
  ] as const)('%s', async (_, days, products, age, changes) => {
    const world = await withWrongDates(days, products)
    const refusals = await refusalsOf(world, { conditions: { 'inactive-for': age }, ...changes })
    expect(refusals.map(({ code }) => code)).toEqual(['anomaly'])
    expect(refusals[0]?.message).toMatch(/rose by \d+\.\d points/)
    for (const _sync of [1, 2, 3]) {
      world.system.advance(minute)
      await world.app.sync(by)
    }
    const later = await refusalsOf(world, { conditions: { 'inactive-for': age }, ...changes })
    expect(later.map(({ code }) => code)).toEqual(['anomaly'])
    await world.app.acceptBaseline(by)
    expect(await refusalsOf(world, { conditions: { 'inactive-for': age }, ...changes })).toEqual([])
  })

  it('but not other policies: on another product, or with a longer threshold', async () => {
    const other = await withWrongDates(60, [confluence])
    expect(await refusalsOf(other, { conditions: { 'inactive-for': '30d' } })).toEqual([])
    const longer = await withWrongDates(60, [jira, confluence])
    expect(await refusalsOf(longer, { conditions: { 'inactive-for': '180d' }, ...suspending })).toEqual([])
  })

  it('but two of the few users of a product may become inactive without an anomaly', async () => {
    const rarely = Array.from({ length: 8 }, (_, n) =>
      person(`rare-${n}`, { groups: ['confluence-users'], inactiveDays: 1 }),
    )
    const codesAfterInactive = async (count: number) => {
      const world = memoryWorld(
        organization([...activeUsers(200), ...rarely.map((one) => ({ ...one, used: new Map(one.used) }))]),
      )
      await world.app.sync(by)
      for (let n = 0; n < count; n += 1) userOf(world, `rare-${n}`).used.set(confluence, old(100))
      world.system.advance(minute)
      await world.app.sync(by)
      const scope = { site, product: 'confluence' }
      return (await refusalsOf(world, { scope, limits: { take: 1 } })).map(({ code }) => code)
    }
    expect(await codesAfterInactive(2)).toEqual([])
    expect(await codesAfterInactive(3)).toEqual(['anomaly'])
  })
})

describe('a plan for the accounts that match a filter', () => {
  const inJira = { site, product: 'jira-software', inactiveFor: '90d' }
  const at = (days: number) => ({ kind: 'at', at: testNow - days * day }) as const
  const planMatching = async (world: MemoryWorld, action: 'suspend-access' | 'deactivate-account') => {
    await world.app.sync(by)
    return (await world.app.planMatching({ action, matching: inJira }, by)).plan
  }

  it.each(['suspend-access', 'deactivate-account'] as const)(
    'excludes an account that is active in another product: %s',
    async (action) => {
      const used = [[jira, at(300)] as const, [confluence, at(1)] as const]
      const world = worldOf([person('elsewhere', { ...bothProducts, used }), ...inactiveUsers(1)])
      const plan = await planMatching(world, action)
      expect(plan.actions.map(({ accountId }) => accountId)).toEqual(['inactive-0'])
      expect(viewExcluded(plan.excluded).byReason).toEqual({ 'not inactive for 90 days': 1 })
    },
  )

  it('applies the margins of a policy, and excludes new accounts', async () => {
    const used = [[jira, { ...at(91), dateOnly: true } as const] as const]
    const people = [
      person('on-the-edge', { used }),
      person('rejoined', { inactiveDays: 400, addedAt: testNow - day }),
      ...inactiveUsers(1),
    ]
    const plan = await planMatching(worldOf(people), 'suspend-access')
    expect(plan.actions.map(({ accountId }) => accountId)).toEqual(['inactive-0'])
  })

  it('skips an account that was active after the plan, just before the change', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await planMatching(world, 'suspend-access')
    userOf(world).used.set(jira, at(30))
    const { runId } = await approveAndRun(world.app, plan)
    expect(await resultsOf(world.app, runId)).toEqual(['inactive-0: skipped', 'inactive-1: applied'])
  })
})

describe('missing data from Atlassian', () => {
  it('excludes an account whose claim is unknown, because its API tokens are unknown too', async () => {
    const world = worldOf(inactiveUsers(2))
    const { readAccount } = world.ports.directory
    const plan = await syncAndPlan(world, suspending)
    Object.assign(world.ports.directory, {
      readAccount: async (...given: Parameters<typeof readAccount>) => {
        const account = await readAccount(...given)
        return given[0] === 'inactive-0' ? { ...account, managed: false, claimUnknown: true } : account
      },
    })
    const { runId } = await approveAndRun(world.app, plan)
    expect(await resultsOf(world.app, runId)).toEqual(['inactive-0: skipped', 'inactive-1: applied'])
    expect((await reasonsOf(world.app, runId))[0]).toMatch(/does not say whether the account is managed/)
  })

  it.each(['revoke-product-access', 'remove-from-group'] as const)(
    'excludes an account whose status is unknown: %s',
    async (action) => {
      const world = worldOf([
        person('inactive-0', { memberships: [[mainDirectory, 'unknown']] }),
        ...inactiveUsers(2).slice(1),
      ])
      const group = action === 'remove-from-group' ? { group: 'jira-users' } : {}
      const plan = await syncAndPlan(world, { actions: [action], ...group })
      expect(plan.actions.map(({ accountId }) => accountId)).toEqual(['inactive-1'])
      expect(viewExcluded(plan.excluded).byReason).toMatchObject({ 'status unknown': 1 })
    },
  )
})

describe('a run in its canary pause', () => {
  async function paused() {
    const world = memoryWorld(organization([...inactiveUsers(12), ...activeUsers(150)]), { limits: wideLimits })
    const { run, name } = await fireScheduledPolicy(world)
    await world.app.work(run.runId, forever)
    const resume = async () => {
      world.system.advance(30 * minute)
      await world.app.work(run.runId, forever)
      const { status, counts } = await world.app.runStatus(run.runId)
      return [status, counts.applied]
    }
    return { world, name, resume }
  }

  it.each<[string, (world: MemoryWorld, name: string) => unknown]>([
    ['its policy is disabled', ({ app }, name) => app.disablePolicy(name, by)],
    ['its policy is deleted', ({ app }, name) => app.deletePolicy(name, by)],
    ['its policy is changed', ({ app }) => app.importPolicy(policy({ conditions: { 'inactive-for': '700d' } }), by)],
    ['the limits are changed', ({ app }) => app.setLimits({ accounts: 1 }, by)],
    ['ten days pass', ({ system }) => system.advance(10 * day)],
  ])('stops when %s', async (_what, change) => {
    const { world, name, resume } = await paused()
    await change(world, name)
    expect(await resume()).toEqual(['stopped', 5])
  })

  it('continues when one of the remaining accounts becomes protected, and skips that account', async () => {
    const { world, resume } = await paused()
    await world.app.protect({ subject: 'inactive-11', reason: 'leave' }, by)
    expect(await resume()).toEqual(['finished', 11])
  })
})

it('a run records what happened to its last sent change before it stops', async () => {
  const world = worldOf(inactiveUsers(2))
  const plan = await syncAndPlan(world)
  await killedAfterSending(world, plan)
  world.system.advance(25 * hour + leaseLength)
  const [run] = await world.app.executing()
  await world.app.work(run?.runId ?? brandId(''), forever)
  expect((await world.app.runStatus(run?.runId ?? '')).status).toBe('stopped')
  expect(await resultsOf(world.app, run?.runId ?? '')).toEqual(['inactive-0: applied'])
})

describe('an undo', () => {
  it('keeps an account suspended that a person had restored and somebody else suspended again', async () => {
    const world = worldOf(inactiveUsers(1))
    const run = await approveAndRun(world.app, await syncAndPlan(world, suspending))
    userOf(world).memberships.set(mainDirectory, 'active')
    world.system.advance(day)
    await world.app.sync(by)
    userOf(world).memberships.set(mainDirectory, 'suspended')
    await undo(world, run.runId)
    expect(membershipsOf(world)).toEqual(['suspended'])
  })

  it('made twice keeps an account suspended that somebody else suspended in between', async () => {
    const world = worldOf(inactiveUsers(1))
    const run = await approveAndRun(world.app, await syncAndPlan(world, suspending))
    await undo(world, run.runId)
    userOf(world).memberships.set(mainDirectory, 'suspended')
    await undo(world, run.runId)
    expect(membershipsOf(world)).toEqual(['suspended'])
  })

  it('restores only what the run removed, not what an admin removed while the run was stopped', async () => {
    const world = worldOf([person('x', { groups: ['jira-users', 'jira-testers'], inactiveDays: 300 })])
    const { append } = world.ports.auditLog
    Object.assign(world.ports.auditLog, {
      append: async (fact: AuditFact, ...rest: []) => {
        const entry = await append(fact, ...rest)
        if (fact.event === 'intent') {
          Object.assign(world.ports.auditLog, { append })
          await world.app.stop(by)
        }
        return entry
      },
    })
    const plan = await syncAndPlan(world)
    expect((await approveAndRun(world.app, plan)).status).toBe('stopped')
    userOf(world, 'x').groups.delete(brandId('group-jira-testers'))
    await world.app.resume(by)
    const run = await approveAndRun(world.app, plan)
    await undo(world, run.runId)
    expect([...userOf(world, 'x').groups]).toEqual([jiraUsers])
  })

  it.each([
    ['has become unknown', { kind: 'unknown', why: 'unreadable' } as const, 'last active unknown'],
    ['lies in the future', { kind: 'at', at: testNow + 300 * day } as const, 'in the future'],
  ])('of an undo does not suspend an account again whose last activity %s', async (_what, last, reason) => {
    const world = worldOf(inactiveUsers(1))
    const run = await approveAndRun(world.app, await syncAndPlan(world, suspending))
    const first = await undo(world, run.runId)
    userOf(world).used.set(jira, last)
    const again = await undo(world, first.runId)
    expect((await reasonsOf(world.app, again.runId))[0]).toContain(reason)
    expect(membershipsOf(world)).toEqual(['active'])
  })
})
