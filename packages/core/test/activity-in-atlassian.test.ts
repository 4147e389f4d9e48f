// Deactivation ends every Atlassian login, so it is judged by activity in all of Atlassian, not only in the organization.

import { describe, expect, it } from 'vitest'
import { day, hour, Unfinished, type Account, type LastActive } from '../src/index.js'
import { accountId, memoryWorld, organization, person, testNow, type MemoryWorld } from '../src/testing/index.js'
import { approveAndRun, by, inactiveUsers, syncAndPlan, worldOf } from './flow.js'

const deactivating = { scope: 'organization', actions: ['deactivate-account'] }
const suspending = { scope: 'organization', actions: ['suspend-access'] }
const ago = (days: number): LastActive => ({ kind: 'at', at: testNow - days * day })
const one = accountId('inactive-0')

const worldWith = (activeOutside: LastActive): MemoryWorld =>
  worldOf([person('inactive-0', { activeOutside }), ...inactiveUsers(3).slice(1)])
const planned = async (world: MemoryWorld, changes: Readonly<Record<string, unknown>> = deactivating) => {
  const plan = await syncAndPlan(world, changes)
  return { plan, ids: plan.actions.map((action) => action.accountId).toSorted() }
}
const codes = ({ plan }: Awaited<ReturnType<typeof planned>>) => plan.excluded.reasons.map(({ code }) => code)

/** Changes what the list of managed accounts shows about an account; undefined leaves it out. */
function listAs(world: MemoryWorld, id: string, lastActive: LastActive | undefined): void {
  const { readManagedAccounts } = world.directory
  Object.assign(world.directory, {
    readManagedAccounts: async (cursor?: string) => {
      const page = await readManagedAccounts(cursor)
      const accounts = page.accounts.flatMap((listed) => {
        if (listed.accountId !== id) return [listed]
        return lastActive === undefined ? [] : [{ ...listed, lastActive }]
      })
      return { ...page, accounts }
    },
  })
}

describe('an account that is active only outside the organization', () => {
  it('is not deactivated, and its access may be suspended', async () => {
    const world = worldWith(ago(1))
    expect((await planned(world)).ids).toEqual(['inactive-1', 'inactive-2'])
    expect((await planned(world, suspending)).ids).toEqual(['inactive-0', 'inactive-1', 'inactive-2'])
  })

  it('is deactivated when that was long ago too', async () => {
    expect((await planned(worldWith(ago(150)))).ids).toContain(one)
  })

  it('is not deactivated when a later sync shows it, although it was planned', async () => {
    const world = worldWith(ago(150))
    const { plan } = await planned(world)
    const active = world.organization.people.get(one)
    if (active !== undefined) active.activeOutside = { kind: 'at', at: world.system.now() }
    await world.app.sync(by)
    const { runId } = await approveAndRun(world.app, plan)
    const result = (await world.app.results(runId)).find((step) => step.accountId === one)
    expect(result).toMatchObject({ state: 'skipped', reason: 'active since the plan was made' })
    expect(world.organization.people.get(one)?.accountStatus).toBe('active')
  })
})

describe('activity in all of Atlassian that is unknown', () => {
  it.each<[string, LastActive | undefined]>([
    ['not in the list', undefined],
    ['listed without a date', { kind: 'unknown', why: 'no date' }],
    ['listed with a date in the future', { kind: 'at', at: testNow + 5 * day }],
  ])('excludes an account that is %s from deactivation only', async (_, last) => {
    const world = worldOf(inactiveUsers(3))
    listAs(world, one, last)
    expect((await planned(world)).ids).toEqual(['inactive-1', 'inactive-2'])
    expect((await planned(world, suspending)).ids).toContain(one)
  })

  it('excludes a picked account too, with a code and a sentence', async () => {
    const world = worldOf(inactiveUsers(3))
    listAs(world, one, undefined)
    await world.app.sync(by)
    const { plan } = await world.app.planPicked({ action: 'deactivate-account', accounts: [one] }, by)
    expect(plan.actions).toEqual([])
    expect(plan.excluded.reasons).toMatchObject([
      {
        code: 'activity-in-atlassian-unknown',
        text: "last active in all of Atlassian unknown: Atlassian's list of managed accounts does not contain the account",
      },
    ])
  })

  it.each(['forbidden', 'not-found', 'unauthorized', 'unexpected-response'] as const)(
    'excludes every account when the list fails with %s, and the sync ends',
    async (code) => {
      const world = worldOf(inactiveUsers(3), {
        faults: [{ operation: 'readManagedAccounts', at: 1, times: 99, code }],
      })
      const deactivation = await planned(world)
      expect(deactivation.ids).toEqual([])
      expect(codes(deactivation)).toContain('activity-in-atlassian-unknown')
      expect((await planned(world, suspending)).ids).toHaveLength(3)
    },
  )

  it('excludes every account of a snapshot of the version before', async () => {
    const world = worldOf(inactiveUsers(3))
    const { managedList: _, ...snapshot } = await world.app.sync(by)
    const { store } = world.ports
    await store.putSnapshot(snapshot)
    const { accounts } = await store.accounts({ snapshotId: snapshot.id, limit: 999 })
    const before = accounts.map(({ lastActiveInAtlassian: __, ...account }): Account => account)
    await store.putAccounts(snapshot.id, before)
    const { plan } = await world.app.planPicked({ action: 'deactivate-account', accounts: [one] }, by)
    expect(plan.excluded.reasons[0]?.text).toMatch(/sync again/)
  })

  it('excludes an account at the last look once the list is older than a snapshot may be', async () => {
    const world = worldOf(inactiveUsers(2))
    const { plan } = await planned(world)
    const approved = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    if ('refusals' in approved) throw new Error('refused')
    const { readAccount } = world.directory
    // The first account is read in time; then the run waits for two days.
    let reads = 0
    Object.assign(world.directory, {
      readAccount: async (...given: Parameters<typeof readAccount>) => {
        if ((reads += 1) === 3) world.system.advance(25 * hour)
        return readAccount(...given)
      },
    })
    await world.app.work(approved.run.runId, { until: Number.MAX_SAFE_INTEGER })
    const results = await world.app.results(approved.run.runId)
    expect(results.map(({ state }) => state)).toEqual(['applied', 'skipped'])
    expect(results[1]?.reason).toMatch(/sync, and plan again/)
  })
})

describe('the list of managed accounts', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => person(`p${String(n).padStart(5, '0')}`))

  it('takes one request for each hundred managed accounts, and none more in an organization without any', async () => {
    const world = memoryWorld(organization(many(448)))
    await world.app.sync(by)
    expect(world.directory.calls('readManagedAccounts')).toBe(5)
    const unmanaged = memoryWorld({ ...organization(), people: new Map([['x', person('x', { managed: false })]]) })
    await unmanaged.app.sync(by)
    expect(unmanaged.directory.calls('readManagedAccounts')).toBe(1)
  })

  it('continues at its checkpoint in every time slice, and reads no page twice', async () => {
    const world = memoryWorld(organization(many(4980)))
    const { store } = world.ports
    let slices = 0
    for (let id: string | undefined; id === undefined; slices += 1) {
      const last = world.directory.requests() + 14
      const usedUp = () => world.directory.requests() >= last
      id = await world.app.sync(by, undefined, { until: Infinity, usedUp }).then(
        (snapshot) => snapshot.id,
        (failure: unknown) => void expect(failure).toBeInstanceOf(Unfinished),
      )
      expect(slices).toBeLessThan(20)
    }
    expect(world.directory.calls('readManagedAccounts')).toBe(50)
    const [snapshot] = await store.snapshots(1)
    for await (const id of ['p00000', 'p02500', 'p04979'])
      expect(await store.account(snapshot?.id ?? ('' as never), accountId(id))).toMatchObject({
        lastActiveInAtlassian: { kind: 'at' },
      })
  })

  it('that never ends is given up, and the sync ends', async () => {
    const world = worldOf(inactiveUsers(3))
    let pages = 0
    Object.assign(world.directory, {
      readManagedAccounts: async () => ({
        accounts: [{ accountId: one, lastActive: ago(200) }],
        cursor: `fresh-${(pages += 1)}`,
      }),
    })
    expect((await planned(world)).ids).toEqual([one])
    expect(pages).toBeLessThan(2000)
  })

  it('that never ends and is empty is given up after a few pages', async () => {
    const world = worldOf(inactiveUsers(3))
    let pages = 0
    Object.assign(world.directory, {
      readManagedAccounts: async () => ({ accounts: [], cursor: `fresh-${(pages += 1)}` }),
    })
    expect((await planned(world)).ids).toEqual([])
    expect(pages).toBeLessThan(10)
  })

  it('that fails for a moment is read again by the next sync, which continues', async () => {
    const world = memoryWorld(organization(many(980)), { faults: [{ operation: 'readManagedAccounts', at: 5 }] })
    await expect(world.app.sync(by)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await world.app.sync(by)).toMatchObject({ complete: true })
    expect(world.directory.calls('readAccounts')).toBe(10)
  })
})

it('a wrong list in which nobody was active lately is an anomaly for deactivation, and for nothing else', async () => {
  const people = Array.from({ length: 60 }, (_, n) => person(`outside-${n}`, { activeOutside: ago(1) }))
  const world = worldOf(people)
  await world.app.sync(by)
  world.system.advance(hour)
  for (const one of people)
    Object.assign(world.organization.people.get(one.accountId) ?? {}, { activeOutside: ago(300) })
  const { plan } = await planned(world, { ...deactivating, limits: { accounts: 1000, percent: 20, take: 2 } })
  const refusals = async (id: typeof plan.planId, fingerprint: string) => {
    const approval = await world.app.approve({ planId: id, fingerprint }, by)
    return 'refusals' in approval ? approval.refusals.map(({ code }) => code) : []
  }
  expect(await refusals(plan.planId, plan.fingerprint)).toContain('anomaly')
  const suspension = await planned(world, { ...suspending, limits: { accounts: 1000, percent: 20, take: 2 } })
  expect(await refusals(suspension.plan.planId, suspension.plan.fingerprint)).not.toContain('anomaly')
})
