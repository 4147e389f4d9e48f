// Sync: a snapshot is complete or marked as incomplete. A sync can be resumed and never loops.

import { describe, expect, it } from 'vitest'
import { brandId, day, DirectoryError, hour, minute, Unfinished, type SnapshotId } from '../src/index.js'
import { accountId, memoryWorld, organization, orgAdmin, person, site, workspace, jira } from '../src/testing/index.js'
import { by, activeUsers, fireScheduledPolicy, inactiveUsers, worldOf } from './flow.js'

const many = (count: number) => Array.from({ length: count }, (_, n) => person(`p${String(n).padStart(5, '0')}`))

describe('a snapshot', () => {
  it('contains every account, the seats, the groups, the admins and the number of inactive accounts', async () => {
    const world = worldOf([...inactiveUsers(5), person('gone', { accountStatus: 'inactive' })])
    const snapshot = await world.app.sync(by)
    expect(snapshot).toMatchObject({
      complete: true,
      accounts: 68,
      expected: 68,
      admins: 2,
      inactive: 5,
      cursor: undefined,
    })
    expect(snapshot.seats.map(({ product, used }) => [product, used])).toEqual([
      ['jira-software', 67],
      ['confluence', 0],
    ])
    expect(snapshot.groups.map(({ name }) => name)).toContain('okta-engineering')
  })

  it('counts only active admins', async () => {
    const suspended = { ...orgAdmin('admin-3'), accountStatus: 'inactive' as const }
    expect((await memoryWorld(organization([suspended])).app.sync(by)).admins).toBe(2)
  })

  it('counts no seats of a sandbox', async () => {
    const sandbox = workspace({ ari: jira, site, sandbox: true, capacity: 10 })
    const world = memoryWorld(organization([], { workspaces: [sandbox] }))
    expect((await world.app.sync(by)).seats[0]?.used).toBeUndefined()
    expect(world.directory.calls('countSeats')).toBe(0)
  })

  it('takes one request for each hundred accounts', async () => {
    const world = memoryWorld(organization(many(448)))
    await world.app.sync(by)
    expect(world.directory.calls('readAccounts')).toBe(5)
    expect(world.directory.calls('readAccount')).toBe(0)
  })

  it('of an empty organization is complete', async () => {
    const world = memoryWorld({ ...organization(), people: new Map() })
    expect(await world.app.sync(by)).toMatchObject({ complete: true, accounts: 0, admins: 0 })
  })

  it('keeps the accounts of only the two newest', async () => {
    const world = worldOf(inactiveUsers(1))
    const ids = []
    for (let n = 0; n < 3; n += 1) {
      ids.push((await world.app.sync(by)).id)
      world.system.advance(hour)
    }
    const counts = await Promise.all(ids.map((snapshotId) => world.ports.store.countAccounts({ snapshotId })))
    expect(counts).toEqual([0, 63, 63])
  })

  it.each([
    ['is deleted before the third sync, an hour after the second, because nothing reads it any more', hour, 0],
    ['is kept during the third sync within an hour, because somebody may be reading it', hour - 1, 63],
  ])('the first of two %s', async (_, after, left) => {
    const world = worldOf(inactiveUsers(1))
    const first = await world.app.sync(by)
    world.system.advance(day)
    await world.app.sync(by)
    world.system.advance(after)
    const { directory, store } = world.ports
    const { readAccounts } = directory
    let found: number | undefined
    Object.assign(directory, {
      readAccounts: async (...given: Parameters<typeof readAccounts>) => {
        found = await store.countAccounts({ snapshotId: first.id })
        return readAccounts(...given)
      },
    })
    await world.app.sync(by)
    expect(found).toBe(left)
  })

  it('is deleted when it is still unfinished a day after its start', async () => {
    const world = worldOf(inactiveUsers(1))
    const { store } = world.ports
    const left = brandId<SnapshotId>('left')
    await store.putSnapshot({
      ...(await world.app.sync(by)),
      id: left,
      asOf: undefined,
      startedAt: world.system.now() + 1,
    })
    const [somebody] = (await store.accounts({ snapshotId: (await store.snapshots(1))[0]?.id ?? left, limit: 1 }))
      .accounts
    await store.putAccounts(left, somebody === undefined ? [] : [somebody])
    world.system.advance(day)
    await world.app.sync(by)
    expect(await store.countAccounts({ snapshotId: left })).toBe(1)
    world.system.advance(2)
    await world.app.sync(by)
    expect(await store.countAccounts({ snapshotId: left })).toBe(0)
  })
})

describe('two processes that work on the same sync', () => {
  it('read at most one portion twice', async () => {
    const world = memoryWorld(organization(many(3980)))
    const other = world.process(undefined, { owner: 'other' })
    const timeSlice = (most: number) => {
      const last = world.directory.calls('readAccounts') + most
      const usedUp = () => world.directory.calls('readAccounts') >= last
      return other.app.sync('noah', undefined, { until: Infinity, usedUp })
    }
    await expect(timeSlice(10)).rejects.toBeInstanceOf(Unfinished)
    const { readAccounts } = world.directory
    let pages = 0
    Object.assign(world.directory, {
      readAccounts: async (...given: Parameters<typeof readAccounts>) => {
        if ((pages += 1) === 5) await expect(timeSlice(20)).rejects.toBeInstanceOf(Unfinished)
        return readAccounts(...given)
      },
    })
    expect(await world.app.sync(by)).toMatchObject({ accounts: 3982, complete: true })
    expect(world.directory.calls('readAccounts')).toBe(50)
  })

  it("continue at the other's checkpoint, and finish it once without a restart", async () => {
    const world = memoryWorld(organization(many(2980)))
    const { store } = world.ports
    const { readAccounts } = world.directory
    const other = world.process(undefined, { owner: 'other' })
    let pages = 0
    await expect(
      world.app.sync(by, undefined, { until: Infinity, usedUp: () => true }),
      'a first portion',
    ).rejects.toBeInstanceOf(Unfinished)
    Object.assign(world.directory, {
      readAccounts: async (...given: Parameters<typeof readAccounts>) => {
        const page = await readAccounts(...given)
        // In the middle of the second portion the other process takes the rest, and finishes.
        if ((pages += 1) === 5) await other.app.sync('noah')
        return page
      },
    })
    const snapshot = await world.app.sync(by)
    expect(snapshot).toMatchObject({ accounts: 2982, complete: true })
    expect((await store.snapshots(9)).map(({ id }) => id)).toEqual([snapshot.id])
    expect(await store.unfinishedSnapshot()).toBeUndefined()
    const logged = []
    for await (const { fact } of world.app.audit()) if (fact.event === 'synchronized') logged.push(fact.actor)
    expect(logged).toEqual(['noah'])
  })
})

describe('a snapshot compared with the count at Atlassian', () => {
  it.each([
    ['complete', 'the same number', 0, true],
    ['complete', '0.5 % fewer', 5, true],
    ['incomplete', 'more than 0.5 % fewer', 6, false],
    ['complete', '0.5 % more', -4, true],
    ['incomplete', 'more than 0.5 % more', -6, false],
  ])('is %s when it lists %s', async (_word, _what, miscount, complete) => {
    const snapshot = await memoryWorld(organization(many(998)), { miscount }).app.sync(by)
    expect([snapshot.complete, snapshot.expected - snapshot.accounts]).toEqual([complete, miscount])
  })

  it.each([
    [20, 2, true],
    [20, 3, false],
    [399, -2, true],
    [399, 3, false],
    [10, 1, true],
    [10, 2, false],
  ])('may miss two accounts of a small organization, up to a tenth: of %i, %i', async (people, miscount, complete) => {
    const world = memoryWorld(organization(many(people - 2)), { miscount })
    expect((await world.app.sync(by)).complete).toBe(complete)
  })

  it('is complete when the difference was the same in three syncs, and says so', async () => {
    const world = memoryWorld(organization(many(998)), { miscount: 10 })
    const complete: boolean[] = []
    for (let count = 0; count < 4; count += 1) complete.push((await world.app.sync(by)).complete)
    expect(complete).toEqual([false, false, true, true])
    const notes = (await world.app.attention()).filter(({ kind }) => kind === 'data').map(({ message }) => message)
    expect(notes.join()).toContain('counts 1,010 accounts and lists 1,000')
  })

  it('stays incomplete while the difference is large or changes', async () => {
    const large = memoryWorld(organization(many(998)), { miscount: 11 })
    for (let count = 0; count < 4; count += 1) expect((await large.app.sync(by)).complete).toBe(false)
    const changing = memoryWorld(organization(many(998)), { miscount: 8 })
    for (let count = 0; count < 4; count += 1) {
      expect((await changing.app.sync(by)).complete).toBe(false)
      changing.organization.people.delete([...changing.organization.people.keys()].at(-1) as never)
      const { countAccounts } = changing.directory
      changing.directory.countAccounts = async () => (await countAccounts()) + 2
    }
  })

  it('may miss no account of a tiny organization', async () => {
    expect((await memoryWorld(organization(), { miscount: 1 }).app.sync(by)).complete).toBe(false)
  })

  it('counts an account once that moves from one page to the next during the sync', async () => {
    const world = memoryWorld(organization(many(248)), { pageSize: 100 })
    const { readAccounts } = world.directory
    let pages = 0
    const first = await readAccounts([], [])
    Object.assign(world.directory, {
      readAccounts: async (...given: Parameters<typeof readAccounts>) => {
        const page = await readAccounts(...given)
        return (pages += 1) === 2 ? { ...page, accounts: [...first.accounts.slice(-1), ...page.accounts] } : page
      },
    })
    expect(await world.app.sync(by)).toMatchObject({ complete: true, accounts: 250 })
  })
})

describe('a sync in time slices', () => {
  it('continues at its checkpoint in every slice, although hours pass between the first and the last', async () => {
    const world = memoryWorld(organization(many(4980)))
    for (let slices = 0; slices < 5; slices += 1) {
      const usedUp = () => true
      await expect(world.app.sync(by, undefined, { until: Infinity, usedUp })).rejects.toBeInstanceOf(Unfinished)
      world.system.advance(59 * minute)
    }
    expect(await world.app.sync(by)).toMatchObject({ accounts: 4982, complete: true })
    expect(world.directory.calls('readAccounts')).toBe(50)
  })

  it.each([
    ['and last wrote 59 minutes ago continues', 59 * minute, 0, 20],
    ['and has made no progress for an hour restarts', hour, 0, 30],
    ['and began half a day ago restarts', 0, 12 * hour, 30],
  ])('that was interrupted %s', async (_, still, earlier, pages) => {
    const world = memoryWorld(organization(many(2980)))
    const { store } = world.ports
    const firstSlice = world.app.sync(by, undefined, { until: Infinity, usedUp: () => true })
    await expect(firstSlice).rejects.toBeInstanceOf(Unfinished)
    const left = await store.unfinishedSnapshot()
    if (left === undefined) throw new Error('none is left')
    await store.putSnapshot({ ...left, startedAt: left.startedAt - earlier })
    world.system.advance(still)
    const before = world.directory.calls('readAccounts')
    await world.app.sync(by)
    expect(world.directory.calls('readAccounts') - before).toBe(pages)
  })

  it('of many accounts finishes the snapshot in a slice of its own, however much time is left', async () => {
    const world = memoryWorld(organization(many(20_000)), { pageSize: 1000 })
    const budget = { until: Infinity, usedUp: () => false }
    await expect(world.app.sync(by, undefined, budget)).rejects.toBeInstanceOf(Unfinished)
    expect(await world.app.sync(by, undefined, budget)).toMatchObject({ accounts: 20_002, complete: true })
  })

  it('continues at its checkpoint in every call, and reads no page twice', async () => {
    const world = memoryWorld(organization(many(4980)))
    let slices = 0
    for (let ended = false; !ended; slices += 1) {
      const last = world.directory.requests() + 14
      const usedUp = () => world.directory.requests() >= last
      const read = world.app.sync(by, undefined, { until: Infinity, usedUp })
      ended = await read.then(
        ({ accounts, complete }) => {
          expect([accounts, complete]).toEqual([4982, true])
          return true
        },
        (failure: unknown) => {
          expect(failure).toBeInstanceOf(Unfinished)
          return false
        },
      )
      expect(slices).toBeLessThan(10)
    }
    expect(slices).toBeGreaterThan(2)
    expect(world.directory.calls('readAccounts')).toBe(50)
  })

  it('finishes the snapshot in a slice of its own, without reading pages again', async () => {
    const world = memoryWorld(organization(many(300)))
    await expect(world.app.sync(by, undefined, { until: Infinity, usedUp: () => true })).rejects.toBeInstanceOf(
      Unfinished,
    )
    expect(await world.ports.store.snapshots(1)).toEqual([])
    const pages = world.directory.calls('readAccounts')
    expect(await world.app.sync(by, undefined, { until: Infinity, usedUp: () => true })).toMatchObject({
      accounts: 302,
    })
    expect(world.directory.calls('readAccounts')).toBe(pages)
  })

  it('delays due schedules until it has finished', async () => {
    const world = worldOf(inactiveUsers(1))
    const { name } = await fireScheduledPolicy(world)
    world.system.advance(day)
    const used = { until: Infinity, usedUp: () => true }
    await expect(world.app.fireDue(by, used)).rejects.toBeInstanceOf(Unfinished)
    expect(await world.app.fireDue(by, used)).toHaveLength(1)
    expect((await world.app.policy(name)).firedAt).toBeGreaterThan(0)
  })
})

describe('an interrupted sync', () => {
  it('continues behind its last checkpoint', async () => {
    const world = memoryWorld(organization(many(2500)), {
      faults: [{ operation: 'readAccounts', at: 15, code: 'unavailable' }],
    })
    await expect(world.app.sync(by)).rejects.toThrow(DirectoryError)
    const snapshot = await world.process().app.sync(by)
    expect([snapshot.complete, snapshot.accounts, snapshot.admins]).toEqual([true, 2502, 2])
    expect(world.directory.calls('readAccounts')).toBe(15 + 16)
    expect(await world.ports.store.account(snapshot.id, accountId('p02499'))).toBeDefined()
  })

  it('restarts when the checkpoint is older than an hour', async () => {
    const world = memoryWorld(organization(many(2500)), { faults: [{ operation: 'readAccounts', at: 15 }] })
    await expect(world.app.sync(by)).rejects.toThrow(DirectoryError)
    world.system.advance(hour)
    expect((await world.app.sync(by)).accounts).toBe(2502)
    expect(world.directory.calls('readAccounts')).toBe(15 + 26)
  })

  it('leaves the earlier snapshot as the newest finished one', async () => {
    const world = worldOf(inactiveUsers(1))
    const first = await world.app.sync(by)
    world.system.advance(hour)
    world.directory.fail({ operation: 'readAccounts', at: 1 })
    await expect(world.app.sync(by)).rejects.toThrow(DirectoryError)
    expect((await world.ports.store.snapshots(1))[0]?.id).toBe(first.id)
  })
})

describe('a repeated cursor', () => {
  it('ends the sync with an instruction, and leaves no snapshot', async () => {
    const world = memoryWorld(organization(many(500)), { repeatCursorAt: 3 })
    await expect(world.app.sync(by)).rejects.toMatchObject({
      code: 'unexpected-response',
      message: expect.stringMatching(/repeated a page after \d+ accounts\. Nothing was changed; sync again\./),
    })
    expect(await world.ports.store.snapshots(1)).toEqual([])
  })

  it('behind a checkpoint makes the next sync restart', async () => {
    const world = memoryWorld(organization(many(2000)), {
      faults: [{ operation: 'readAccounts', at: 14, code: 'unexpected-response' }],
    })
    await expect(world.app.sync(by)).rejects.toThrow(DirectoryError)
    expect(await world.app.sync(by)).toMatchObject({ complete: true, accounts: 2002 })
    expect(world.directory.calls('readAccounts')).toBe(14 + 21)
  })
})

it('a sync reports its progress', async () => {
  const seen: string[] = []
  await memoryWorld(organization(many(248))).app.sync(by, ({ accounts, expected }) =>
    seen.push(`${accounts}/${expected}`),
  )
  expect(seen).toEqual(['100/250', '200/250', '250/250'])
})

it('a plan over an incomplete snapshot is refused', async () => {
  const world = worldOf(activeUsers(0), { miscount: 9 })
  await world.app.sync(by)
  const { refusals } = await world.app.planPicked({ action: 'suspend-access', accounts: ['busy-1'] }, by)
  expect(refusals.map(({ code }) => code)).toContain('snapshot-incomplete')
})
