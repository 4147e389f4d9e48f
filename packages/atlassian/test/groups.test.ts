// What the groups of an organization grant: how many requests a sync and a changed account need, and how old a reading may be.

import { brandId, type Change, type GroupGrant } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { groupRow, page, roleRow, userRow, workspace } from './rows.js'
import { connect, yes, type Reply, type Sent } from './scripted.js'

const accountId = brandId<Change['accountId']>('557058:4f9acfd2')
const change: Change = { kind: 'suspend', accountId, directoryId: brandId('d1') }
const never = () => false

interface Group {
  readonly id: string
  readonly grants: readonly string[]
  readonly name?: string
  readonly resources?: number
  /** Searches do not show it. */
  readonly hidden?: boolean
}

/** An organization of groups, of which the account has the first ones; each request takes `slow` milliseconds. */
function organization(groups: Group[], products: readonly string[], mine = 2, slow = 0) {
  const own = () => groups.slice(0, mine).map(({ id, name = id }) => ({ id, name, description: null }))
  const rowOf = ({ id, name = id, grants, resources = grants.length }: Group) =>
    groupRow({ id, name, counts: { resources } })
  const paged = (rows: readonly unknown[], cursor: unknown) => {
    const from = Number(cursor ?? 0)
    return page(rows.slice(from, from + 100), from + 100 < rows.length ? String(from + 100) : null)
  }
  const respond = ({ path, body }: Sent): Reply => {
    connected.clock.step(slow)
    if (path.endsWith('/suspend')) return { status: 204 }
    if (path.endsWith('/users/search')) return { body: page([userRow({ groups: own() })]) }
    if (path.endsWith('/groups/search')) {
      const { groupIds, resourceIds, cursor } = body as Readonly<Record<string, readonly string[] | undefined>>
      const fits = ({ id, grants, hidden }: Group) =>
        hidden !== true && (groupIds?.includes(id) ?? grants.some((ari) => resourceIds?.includes(ari) === true))
      return { body: paged(groups.filter(fits).map(rowOf), cursor) }
    }
    const id = /\/groups\/([^/]+)\/role-assignments/.exec(path)?.[1]
    const grants = groups.find((group) => group.id === id)?.grants ?? []
    return { body: page(id === undefined ? [] : grants.map((resourceId) => roleRow({ resourceId }))) }
  }
  const connected = connect(respond)
  const workspaces = products.map((ari) => workspace(ari))
  const { directory, sent, clock } = connected
  const counted = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
    const before = sent.length
    return [await work(), sent.length - before]
  }
  const sync = async (known: readonly GroupGrant[]) => {
    clock.step(3_600_000)
    return counted(async () => (await directory.readGroups(workspaces, known, never)).groups)
  }
  return { directory, clock, sent, workspaces, counted, sync, groups }
}

const products = Array.from({ length: 60 }, (_, n) => `ari:cloud:jira-software::site/${n}`)
const sixtyTimesFifty = () =>
  products.flatMap((ari, n) => Array.from({ length: 50 }, (_, m): Group => ({ id: `group-${n}-${m}`, grants: [ari] })))
const onOne = (count: number) =>
  Array.from({ length: count }, (_, n): Group => ({ id: `group-${n}`, grants: [products[0] ?? ''] }))

describe('a sync', () => {
  it.each([
    ['60 products with 50 groups each', sixtyTimesFifty, products, 60, 60],
    ['1,500 groups on one product', () => onOne(1500), products.slice(0, 1), 15, 30],
  ])('of %s reads all groups once, and later only the pages and a part in turn', async (_, make, sold, pages, part) => {
    const { sync, groups } = organization(make(), sold)
    const [first, requests] = await sync([])
    expect([first.length, requests]).toEqual([groups.length, pages + groups.length])
    const [second, again] = await sync(first)
    expect([second.length, again]).toEqual([groups.length, pages + part])
    expect(second.map(({ grants }) => grants)).toEqual(first.map(({ grants }) => grants))
  })

  it('reads every group again after a number of syncs, although nothing shows that it has changed', async () => {
    const { sync, groups } = organization(onOne(100), products.slice(0, 2))
    let [known] = await sync([])
    groups[99] = { id: 'group-99', grants: [products[1] ?? '', products[0] ?? ''].slice(1), name: 'group-99' }
    for (let count = 0; count < 4; count += 1) [known] = await sync(known)
    const oldest = Math.min(...known.map(({ rolesRead }) => rolesRead?.at ?? 0))
    expect(known.filter(({ rolesRead }) => rolesRead?.at === oldest).length).toBeLessThan(100)
    const readAt = new Set(known.map(({ rolesRead }) => rolesRead?.at))
    expect(readAt.size).toBe(4)
  })

  it.each([
    ['was renamed', { name: 'other' }],
    ['has a role on another number of resources', { resources: 5 }],
    ['is listed for another product too', { grants: products.slice(0, 2) }],
    ['is no longer listed for a product', { grants: products.slice(1, 2) }],
  ])('reads a group again that %s', async (_, changes) => {
    const { sync, groups, sent } = organization(onOne(100), products.slice(0, 2))
    const [known] = await sync([])
    const [later] = await sync(known)
    groups[0] = { ...(groups[0] ?? { id: '', grants: [] }), ...changes }
    const before = sent.length
    const [now] = await sync(later)
    expect(sent.slice(before).some(({ path }) => path.includes('/groups/group-0/'))).toBe(true)
    expect(now.find(({ id }) => id === 'group-0')?.grants).toEqual(groups[0].grants)
  })

  it('does not read a group again and again that has only roles inside products', async () => {
    const { sync, groups } = organization(
      onOne(200).map((group) => ({ ...group, grants: [...group.grants] })),
      products.slice(0, 1),
    )
    const [known] = await sync([])
    expect(known.length).toBe(groups.length)
    const inside = known.map((group) => ({
      ...group,
      grants: [],
      rolesRead: {
        ...(group.rolesRead ?? { at: 0 }),
        listedFor: [brandId<GroupGrant['grants'][number]>(products[0] ?? '')],
      },
    }))
    expect((await sync(inside))[1]).toBe(2 + 30)
  })

  it('stops between two groups when its time is used up, and goes on from there', async () => {
    const { directory, workspaces, groups } = organization(onOne(100), products.slice(0, 1))
    let calls = 0
    const first = await directory.readGroups(workspaces, [], () => (calls += 1) > 40)
    expect([first.groups.length, first.left]).toEqual([40, 60])
    const rest = await directory.readGroups(workspaces, first.groups, never)
    expect([rest.groups.length, rest.left]).toEqual([groups.length, 0])
  })
})

describe('a changed account', () => {
  it.each([
    ['60 products with 50 groups each', sixtyTimesFifty, products],
    ['1,500 groups on one product', () => onOne(1500), products.slice(0, 1)],
  ])('of %s needs requests for its own groups only, also in a new process', async (_, make, sold) => {
    const { sync } = organization(make(), sold)
    const [known] = await sync([])
    const { directory, workspaces, counted } = organization(make(), sold, 25, 1000)
    const [account, requests] = await counted(() => directory.readAccount(accountId, workspaces))
    expect(account.products.length).toBe(1)
    // The row twice since it took half a minute, its 25 groups in three searches, their roles, its own roles and directories.
    expect(requests).toBe(2 + 3 + 25 + 2)
    const [granting, more] = await counted(() => directory.grantingGroups(brandId(sold[0] ?? ''), known))
    expect([granting.length, more]).toEqual([make().filter(({ grants }) => grants.includes(sold[0] ?? '')).length, 0])
    expect(await directory.apply(change, yes)).toBe('accepted')
  })

  it.each([1, 400])('can be changed however long it takes to read its %i groups', async (mine) => {
    const { directory, workspaces, clock } = organization(onOne(400), products.slice(0, 1), mine, 4000)
    for (let count = 0; count < 3; count += 1) {
      await directory.readAccount(accountId, workspaces)
      clock.step(40_000)
      const outcome = await directory.apply(change, yes)
      if (outcome === 'withheld') await directory.readAccount(accountId, workspaces)
      expect(outcome === 'accepted' ? outcome : await directory.apply(change, yes)).toBe('accepted')
    }
  })

  it('has the newest activity, although its groups took minutes', async () => {
    const { directory, workspaces, sent } = organization(onOne(50), products.slice(0, 1), 50, 2000)
    await directory.readAccount(accountId, workspaces)
    expect(sent.at(-1)?.path).toMatch(/users\/search$/)
  })

  it('shares what its groups grant with the next accounts for three quarters of a minute', async () => {
    const { directory, workspaces, counted, clock } = organization(onOne(50), products.slice(0, 1), 3)
    const reads = async (ms: number) => {
      clock.step(ms)
      return (await counted(() => directory.readAccount(accountId, workspaces)))[1]
    }
    expect([await reads(0), await reads(44_999), await reads(1)]).toEqual([3 + 1 + 3, 3, 3 + 3])
  })

  it('is unreadable, and so not changed, while Atlassian does not find one of its groups', async () => {
    const hidden = onOne(3).map((group, n) => ({ ...group, hidden: n === 1 }))
    const { directory, workspaces } = organization(hidden, products.slice(0, 1), 3)
    expect((await directory.readAccount(accountId, workspaces)).unreadable).toEqual(['groups'])
  })
})

describe('a reading of an account', () => {
  it.each([
    [0, 60_000, 'accepted'],
    [0, 60_001, 'withheld'],
    [44_999, 15_001, 'accepted'],
    [44_999, 15_002, 'withheld'],
    [0, -1, 'withheld'],
  ])(
    'whose groups were read %i ms before and whose change is sent %i ms later gives %s',
    async (old, wait, outcome) => {
      const { directory, sent, clock, workspaces } = organization(onOne(2), products.slice(0, 1))
      await directory.readAccount(accountId, workspaces)
      clock.step(old)
      await directory.readAccount(accountId, workspaces)
      clock.step(wait)
      expect(await directory.apply(change, yes)).toBe(outcome)
      expect(sent.filter(({ path }) => path.endsWith('/suspend'))).toHaveLength(outcome === 'accepted' ? 1 : 0)
    },
  )

  it('is whole again after it was too old for a change', async () => {
    const { directory, clock, workspaces } = organization(onOne(2), products.slice(0, 1))
    await directory.readAccount(accountId, workspaces)
    clock.step(44_999)
    await directory.readAccount(accountId, workspaces)
    clock.step(20_000)
    expect(await directory.apply(change, yes)).toBe('withheld')
    await directory.readAccount(accountId, workspaces)
    clock.step(59_000)
    expect(await directory.apply(change, yes)).toBe('accepted')
  })

  it('requests no permit when it is too old, and counts the time that a permit takes', async () => {
    const { directory, clock, sent, workspaces } = organization(onOne(2), products.slice(0, 1))
    await directory.readAccount(accountId, workspaces)
    clock.step(60_000)
    const slow = async () => {
      clock.step(1)
      return true
    }
    const before = sent.length
    expect(await directory.apply(change, slow)).toBe('withheld')
    const unexpected = () => Promise.reject(new Error('unexpected call'))
    expect(await directory.apply(change, unexpected)).toBe('withheld')
    expect(sent).toHaveLength(before)
  })
})
