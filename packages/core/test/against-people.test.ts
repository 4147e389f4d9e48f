// Against people: situations in which a rule seemed to hold and somebody was acted on all the same. Each spares now.

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
import { confluence, jira, mainDirectory, memoryWorld, organization } from '../src/testing/index.js'
import { type MemoryWorld, person, policy, site, testNow } from '../src/testing/index.js'
import { by, crowd, factsOf, firedIn, forever, planned, quiet, ran, reasonsOf, resultsOf, worldOf } from './flow.js'

const suspending = { scope: 'organization', actions: ['suspend-access'] }
const jiraUsers = brandId<GroupId>('group-jira-users')
const bothProducts = { groups: ['jira-users', 'confluence-users'] }
const the = ({ organization: { people } }: MemoryWorld, id = 'quiet-0') => {
  const one = people.get(id)
  if (one === undefined) throw new Error(`no ${id}`)
  return one
}
const standing = (world: MemoryWorld) => [...the(world).memberships.values()]
const undone = async (world: MemoryWorld, runId: string) => {
  await world.app.sync(by)
  return ran(world.app, (await world.app.planUndo(runId, by)).plan)
}

/** Works on a plan until the first change has arrived; its answer is never heard. */
async function killedAfterSending(world: MemoryWorld, plan: Plan): Promise<void> {
  const { apply } = world.ports.directory
  Object.assign(world.ports.directory, {
    apply: async (...given: Parameters<typeof apply>) => {
      await apply(...given)
      throw new Error('killed')
    },
  })
  await expect(ran(world.app, plan)).rejects.toThrow('killed')
  Object.assign(world.ports.directory, { apply })
}

/** The first reading from now on takes ten minutes, in which a person gives the account back. */
function givenBackWhileReading(world: MemoryWorld): void {
  const { directory } = world.ports
  const { readAccount } = directory
  Object.assign(directory, {
    readAccount: async (...given: Parameters<typeof readAccount>) => {
      Object.assign(directory, { readAccount })
      world.system.advance(10 * minute)
      the(world).groups.add(jiraUsers)
      return readAccount(...given)
    },
  })
}

describe('a change that a person may have reversed is not sent again', () => {
  it('when Atlassian answered an error to one that isApplied, and was slow to be read back', async () => {
    const world = worldOf(quiet(1), {
      faults: [{ operation: 'apply', at: 1, effect: 'landed', answered: true }],
      onChange: () => givenBackWhileReading(world),
    })
    const run = await ran(world.app, await planned(world))
    expect([run.counts.unknown, world.directory.arrived.length]).toEqual([1, 1])
    expect([...the(world).groups]).toEqual([jiraUsers])
  })

  it('when its process was killed a moment ago, and reading back took long', async () => {
    const world = worldOf(quiet(1))
    const plan = await planned(world)
    await killedAfterSending(world, plan)
    world.system.advance(5 * second)
    givenBackWhileReading(world)
    const run = await ran(world.app, plan)
    expect([run.counts.unknown, world.directory.arrived.length]).toEqual([1, 1])
  })
})

describe('a restore by a person is seen', () => {
  it('also when something else of the account was taken later', async () => {
    const world = worldOf([person('x', { ...bothProducts, quietFor: 300 })])
    await ran(world.app, await planned(world))
    await ran(world.app, await planned(world, { name: 'B', scope: { site, product: 'confluence' } }))
    world.system.advance(day)
    the(world, 'x').groups.add(jiraUsers)
    expect((await planned(world)).actions).toEqual([])
    expect((await world.app.vetoes()).map(({ accountId }) => accountId)).toEqual(['x'])
  })

  it('also when it was made through Rollcall by a policy file', async () => {
    const world = worldOf(quiet(1))
    await ran(world.app, await planned(world, suspending))
    const restoring = { scope: 'organization', conditions: { status: 'suspended' }, actions: ['restore-access'] }
    await ran(world.app, await planned(world, restoring))
    expect((await planned(world, suspending)).actions).toEqual([])
  })
})

describe('use of a product that was lost since', () => {
  it('spares from a plan that was made before that use, and before the loss', async () => {
    const world = worldOf([person('x', { ...bothProducts, quietFor: 300 })])
    const plan = await planned(world, suspending)
    world.system.advance(2 * hour)
    the(world, 'x').used.set(confluence, { kind: 'at', at: world.system.now() - hour })
    await world.app.sync(by)
    the(world, 'x').groups.delete(brandId('group-confluence-users'))
    await world.app.sync(by)
    expect((await ran(world.app, plan)).counts.skipped).toBe(1)
  })

  it.each([
    ['is not known', { kind: 'unknown', why: 'unreadable' } as const],
    [
      'is a date in the margin',
      { kind: 'at', at: Math.floor(testNow / day) * day - 91 * day, dateOnly: true } as const,
    ],
  ])('spares also when it %s', async (_what, last) => {
    const used = [[jira, { kind: 'at', at: testNow - 300 * day }] as const, [confluence, last] as const]
    const world = worldOf([person('x', { ...bothProducts, used })])
    await world.app.sync(by)
    the(world, 'x').groups.delete(brandId('group-confluence-users'))
    world.system.advance(1)
    expect((await planned(world, suspending)).actions).toEqual([])
  })
})

it('a group that grants more than the product of a policy is not taken from who uses the rest', async () => {
  const used = [
    [jira, { kind: 'at', at: testNow - 300 * day }] as const,
    [confluence, { kind: 'at', at: testNow - day }] as const,
  ]
  const world = worldOf([person('x', { groups: ['all-in-one'], used })])
  expect((await planned(world, { actions: ['remove-from-group'], group: 'all-in-one' })).actions).toEqual([])
})

it.each([
  ['a seat', {}],
  ['a group', { actions: ['remove-from-group'], group: 'jira-users' }],
  ['access', suspending],
])('an API token in use protects from losing %s', async (_what, changes) => {
  const world = worldOf([person('x', { quietFor: 300, tokenUsedAt: testNow - minute })])
  const run = await ran(world.app, await planned(world, changes))
  expect((await reasonsOf(world.app, run.runId))[0]).toContain('an API token was used')
})

describe('old dates for everyone', () => {
  async function spoilt(rolls: number) {
    const world = worldOf(quiet(2))
    await world.app.sync(by)
    for (const { used } of world.organization.people.values())
      for (const ari of [jira, confluence]) used.set(ari, { kind: 'at', at: testNow - 400 * day })
    for (let n = 0; n < rolls; n += 1) {
      world.system.advance(minute)
      await world.app.sync(by)
    }
    return world
  }
  const file = policy({ limits: { take: 2 } })
  const codesOf = async ({ app }: MemoryWorld) => (await app.planFile(file, by)).refusals.map(({ code }) => code)

  it.each([1, 7, 40])('are never taken for usual, however often they are told: after %i rolls', async (rolls) => {
    expect(await codesOf(await spoilt(rolls))).toContain('anomaly')
  })

  it('are accepted by name for one run, and refuse the next one', async () => {
    const world = await spoilt(2)
    expect((await ran(world.app, (await world.app.planFile(file, by)).plan)).status).toBe('finished')
    world.system.advance(minute)
    await world.app.sync(by)
    expect(await codesOf(world)).toContain('anomaly')
  })

  it('are usual once a person has said so, and the log who it was', async () => {
    const world = await spoilt(2)
    expect((await world.app.acceptBaseline('noah'))?.share).toBeGreaterThan(90)
    expect(await codesOf(world)).not.toContain('anomaly')
    for (const _ of [1, 2]) {
      world.system.advance(minute)
      await world.app.sync(by)
      expect(await codesOf(world)).not.toContain('anomaly')
    }
    const told = (await factsOf(world.app)).filter(({ event }) => event === 'taken-as-usual')
    expect(told.map(({ actor }) => actor)).toEqual(['noah'])
  })

  it('are usual in the roll that was looked at: a newer one is refused, and the log says which it was', async () => {
    const world = await spoilt(1)
    const [seen] = await world.ports.store.snapshots(1)
    world.system.advance(minute)
    await world.app.sync(by)
    await expect(world.app.acceptBaseline('noah', seen?.id)).rejects.toThrow(
      'There is a newer snapshot than the one you reviewed',
    )
    expect(await codesOf(world)).toContain('anomaly')
    const [newest] = await world.ports.store.snapshots(1)
    const { id = '', accounts = 0, inactive: quietOnes = 0 } = newest ?? {}
    const taken = await world.app.acceptBaseline('noah', id)
    expect(taken).toMatchObject({ snapshotId: id, accounts, quiet: quietOnes })
    expect(await codesOf(world)).not.toContain('anomaly')
    const told = (await factsOf(world.app)).filter(({ event }) => event === 'taken-as-usual')
    expect(told.map(({ subject }) => subject)).toEqual([id])
  })

  it('are not usual in a roll that ends at the moment in which an earlier one is taken', async () => {
    const world = await spoilt(1)
    const { store } = world.ports
    const { snapshots } = store
    let looks = 0
    Object.assign(store, {
      snapshots: async (limit: number) => {
        const found = await snapshots(limit)
        looks += 1
        const [first] = found
        if (looks === 1 && first !== undefined)
          await store.putSnapshot({ ...first, id: brandId('next'), startedAt: first.startedAt + 1 })
        return found
      },
    })
    const taken = await world.app.acceptBaseline('noah')
    expect(taken?.snapshotId).not.toBe('next')
    expect((await snapshots(9)).filter(({ acceptedAsBaseline }) => acceptedAsBaseline).map(({ id }) => id)).toEqual([
      taken?.snapshotId,
    ])
  })
})

describe('wrong dates show where a policy looks', () => {
  const old = (days: number) => ({ kind: 'at', at: testNow - days * day }) as const
  /** Sixty people who worked yesterday, of whom the next roll tells other dates, in these products. */
  async function toldOtherwise(days: number, products: readonly (typeof jira)[]) {
    const people = Array.from({ length: 60 }, (_, n) => person(`busy-${n}`, { ...bothProducts, quietFor: 1 }))
    const world = memoryWorld(organization(people))
    await world.app.sync(by)
    for (const { used } of world.organization.people.values()) for (const ari of products) used.set(ari, old(days))
    world.system.advance(minute)
    await world.app.sync(by)
    return world
  }
  const refusing = async ({ app }: MemoryWorld, changes: Readonly<Record<string, unknown>>) =>
    (await app.planFile(policy({ limits: { take: 3 }, ...changes }), by)).refusals

  it.each([
    ['of two months, to a policy that asks for one', 60, [jira, confluence], '30d', suspending],
    ['of a week, to a policy that asks for a week', 10, [jira, confluence], '7d', suspending],
    ['of one product, to a policy about it', 300, [jira], '90d', {}],
    ['of a year and a half, to a policy that asks for a year', 500, [jira, confluence], '365d', suspending],
  ] as const)('%s', async (_, days, products, age, changes) => {
    const world = await toldOtherwise(days, products)
    const refusals = await refusing(world, { conditions: { 'inactive-for': age }, ...changes })
    expect(refusals.map(({ code }) => code)).toEqual(['anomaly'])
    expect(refusals[0]?.message).toMatch(/rose by \d+\.\d points/)
    for (const _roll of [1, 2, 3]) {
      world.system.advance(minute)
      await world.app.sync(by)
    }
    const later = await refusing(world, { conditions: { 'inactive-for': age }, ...changes })
    expect(later.map(({ code }) => code)).toEqual(['anomaly'])
    await world.app.acceptBaseline(by)
    expect(await refusing(world, { conditions: { 'inactive-for': age }, ...changes })).toEqual([])
  })

  it('and not where it does not look: another product, or a longer time', async () => {
    const other = await toldOtherwise(60, [confluence])
    expect(await refusing(other, { conditions: { 'inactive-for': '30d' } })).toEqual([])
    const longer = await toldOtherwise(60, [jira, confluence])
    expect(await refusing(longer, { conditions: { 'inactive-for': '180d' }, ...suspending })).toEqual([])
  })

  it('and one or two people who grow quiet in a product of few are no anomaly', async () => {
    const rarely = Array.from({ length: 8 }, (_, n) =>
      person(`rare-${n}`, { groups: ['confluence-users'], quietFor: 1 }),
    )
    const grown = async (count: number) => {
      const world = memoryWorld(
        organization([...crowd(200), ...rarely.map((one) => ({ ...one, used: new Map(one.used) }))]),
      )
      await world.app.sync(by)
      for (let n = 0; n < count; n += 1) the(world, `rare-${n}`).used.set(confluence, old(100))
      world.system.advance(minute)
      await world.app.sync(by)
      const scope = { site, product: 'confluence' }
      return (await refusing(world, { scope, limits: { take: 1 } })).map(({ code }) => code)
    }
    expect(await grown(2)).toEqual([])
    expect(await grown(3)).toEqual(['anomaly'])
  })
})

describe('everybody whom a filter matches', () => {
  const inJira = { site, product: 'jira-software', inactiveFor: '90d' }
  const at = (days: number) => ({ kind: 'at', at: testNow - days * day }) as const
  const matchedIn = async (world: MemoryWorld, action: 'suspend-access' | 'deactivate-account') => {
    await world.app.sync(by)
    return (await world.app.planMatching({ action, matching: inJira }, by)).plan
  }

  it.each(['suspend-access', 'deactivate-account'] as const)(
    'as quiet in one product keeps what they use elsewhere: %s',
    async (action) => {
      const used = [[jira, at(300)] as const, [confluence, at(1)] as const]
      const world = worldOf([person('elsewhere', { ...bothProducts, used }), ...quiet(1)])
      const plan = await matchedIn(world, action)
      expect(plan.actions.map(({ accountId }) => accountId)).toEqual(['quiet-0'])
      expect(viewExcluded(plan.excluded).byReason).toEqual({ 'not inactive for 90d': 1 })
    },
  )

  it('gets the margins of a policy, and is spared when new', async () => {
    const used = [[jira, { ...at(91), dateOnly: true } as const] as const]
    const people = [
      person('on-the-edge', { used }),
      person('rejoined', { quietFor: 400, addedAt: testNow - day }),
      ...quiet(1),
    ]
    const plan = await matchedIn(worldOf(people), 'suspend-access')
    expect(plan.actions.map(({ accountId }) => accountId)).toEqual(['quiet-0'])
  })

  it('and has worked since is spared just before the change', async () => {
    const world = worldOf(quiet(2))
    const plan = await matchedIn(world, 'suspend-access')
    the(world).used.set(jira, at(30))
    const { runId } = await ran(world.app, plan)
    expect(await resultsOf(world.app, runId)).toEqual(['quiet-0: skipped', 'quiet-1: applied'])
  })
})

describe('what Atlassian does not say', () => {
  it('whether an account is managed spares it, since nobody can ask for its API tokens', async () => {
    const world = worldOf(quiet(2))
    const { readAccount } = world.ports.directory
    Object.assign(world.ports.directory, {
      readAccount: async (...given: Parameters<typeof readAccount>) => {
        const account = await readAccount(...given)
        return given[0] === 'quiet-0' ? { ...account, managed: false, claimUnknown: true } : account
      },
    })
    const { runId } = await ran(world.app, await planned(world, suspending))
    expect(await resultsOf(world.app, runId)).toEqual(['quiet-0: skipped', 'quiet-1: applied'])
    expect((await reasonsOf(world.app, runId))[0]).toMatch(/does not say whether the account is managed/)
  })

  it.each(['revoke-product-access', 'remove-from-group'] as const)(
    'of the status of an account spares it: %s',
    async (action) => {
      const world = worldOf([person('quiet-0', { memberships: [[mainDirectory, 'unknown']] }), ...quiet(2).slice(1)])
      const group = action === 'remove-from-group' ? { group: 'jira-users' } : {}
      const plan = await planned(world, { actions: [action], ...group })
      expect(plan.actions.map(({ accountId }) => accountId)).toEqual(['quiet-1'])
      expect(viewExcluded(plan.excluded).byReason).toMatchObject({ 'status unknown': 1 })
    },
  )
})

describe('a run that rests after its canary', () => {
  async function resting() {
    const world = memoryWorld(organization([...quiet(12), ...crowd(150)]))
    const { run, name } = await firedIn(world)
    await world.app.work(run.runId, forever)
    const canContinue = async () => {
      world.system.advance(30 * minute)
      await world.app.work(run.runId, forever)
      const { status, counts } = await world.app.runStatus(run.runId)
      return [status, counts.applied]
    }
    return { world, name, canContinue }
  }

  it.each<[string, (world: MemoryWorld, name: string) => unknown]>([
    ['its policy is disabled', ({ app }, name) => app.disablePolicy(name, by)],
    ['its policy is deleted', ({ app }, name) => app.deletePolicy(name, by)],
    ['its policy is changed', ({ app }) => app.importPolicy(policy({ conditions: { 'inactive-for': '700d' } }), by)],
    ['the limits are changed', ({ app }) => app.setLimits({ accounts: 1 }, by)],
    ['ten days pass', ({ system }) => system.advance(10 * day)],
  ])('goes no further when %s', async (_what, change) => {
    const { world, name, canContinue } = await resting()
    await change(world, name)
    expect(await canContinue()).toEqual(['stopped', 5])
  })

  it('goes on when somebody of the rest is protected, whom it spares', async () => {
    const { world, canContinue } = await resting()
    await world.app.protect({ subject: 'quiet-11', reason: 'leave' }, by)
    expect(await canContinue()).toEqual(['finished', 11])
  })
})

it('what a stopped run has sent is settled before it is given up', async () => {
  const world = worldOf(quiet(2))
  const plan = await planned(world)
  await killedAfterSending(world, plan)
  world.system.advance(25 * hour + leaseLength)
  const [run] = await world.app.executing()
  await world.app.work(run?.runId ?? brandId(''), forever)
  expect((await world.app.runStatus(run?.runId ?? '')).status).toBe('stopped')
  expect(await resultsOf(world.app, run?.runId ?? '')).toEqual(['quiet-0: applied'])
})

describe('an undo', () => {
  it('leaves alone whom a person had restored before somebody else suspended them', async () => {
    const world = worldOf(quiet(1))
    const run = await ran(world.app, await planned(world, suspending))
    the(world).memberships.set(mainDirectory, 'active')
    world.system.advance(day)
    await world.app.sync(by)
    the(world).memberships.set(mainDirectory, 'suspended')
    await undone(world, run.runId)
    expect(standing(world)).toEqual(['suspended'])
  })

  it('made twice leaves alone whom somebody else suspended in between', async () => {
    const world = worldOf(quiet(1))
    const run = await ran(world.app, await planned(world, suspending))
    await undone(world, run.runId)
    the(world).memberships.set(mainDirectory, 'suspended')
    await undone(world, run.runId)
    expect(standing(world)).toEqual(['suspended'])
  })

  it('gives back only what was taken, not what an admin took while the run stood still', async () => {
    const world = worldOf([person('x', { groups: ['jira-users', 'jira-testers'], quietFor: 300 })])
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
    const plan = await planned(world)
    expect((await ran(world.app, plan)).status).toBe('stopped')
    the(world, 'x').groups.delete(brandId('group-jira-testers'))
    await world.app.resume(by)
    const run = await ran(world.app, plan)
    await undone(world, run.runId)
    expect([...the(world, 'x').groups]).toEqual([jiraUsers])
  })

  it.each([
    ['has become unknown', { kind: 'unknown', why: 'unreadable' } as const, 'last active unknown'],
    ['lies in the future', { kind: 'at', at: testNow + 300 * day } as const, 'in the future'],
  ])('of an undo does not suspend again whose last activity %s', async (_what, last, reason) => {
    const world = worldOf(quiet(1))
    const run = await ran(world.app, await planned(world, suspending))
    const undo = await undone(world, run.runId)
    the(world).used.set(jira, last)
    const again = await undone(world, undo.runId)
    expect((await reasonsOf(world.app, again.runId))[0]).toContain(reason)
    expect(standing(world)).toEqual(['active'])
  })
})
