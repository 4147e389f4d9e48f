// Accounts: paging by key, filters, search, and repeated writes.

import {
  brandId,
  day,
  lastActiveAnywhere,
  statusOf,
  UsageError,
  type Account,
  type AccountQuery,
  type LastActive,
  type Store,
} from '@rollcall/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyText } from '../src/account-rows.js'
import { account, open, snapshotId } from './fixtures.js'

const base = Date.UTC(2026, 0, 1)
const instant = fc.integer({ min: base + 1, max: base + 6 })
const sorts = ['accountId', 'name', 'lastActive'] as const
type Filter = Omit<AccountQuery, 'snapshotId' | 'limit' | 'after' | 'sort'>

async function everyPage(store: Store, query: Omit<AccountQuery, 'after'>): Promise<readonly Account[]> {
  const found: Account[] = []
  let after: string | undefined
  do {
    const page = await store.accounts({ ...query, ...(after === undefined ? {} : { after }) })
    expect(page.accounts.length).toBeLessThanOrEqual(query.limit)
    found.push(...page.accounts)
    after = page.next
  } while (after !== undefined)
  return found
}

/** The activity that a query uses: on the product when it names site and product, otherwise anywhere. */
const useOf = (one: Account, { site, product }: Filter): LastActive =>
  site === undefined || product === undefined
    ? lastActiveAnywhere(one)
    : (one.products.find((access) => access.site === site && access.product === product)?.lastActive ??
      expect.fail('has no access'))
const activeAt = (one: Account, filter: Filter): number => {
  const last = useOf(one, filter)
  return last.kind === 'at' ? last.at : 0
}
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
const orders: Record<(typeof sorts)[number], (a: Account, b: Account, filter: Filter) => number> = {
  accountId: (a, b) => byBytes(a.accountId, b.accountId),
  name: (a, b) => byBytes(keyText(a.name), keyText(b.name)) || byBytes(a.accountId, b.accountId),
  lastActive: (a, b, filter) => activeAt(a, filter) - activeAt(b, filter) || byBytes(a.accountId, b.accountId),
}

function matches(one: Account, filter: Filter): boolean {
  const { search, status, seats, managed, product, site, inGroup, inactiveBefore } = filter
  const isQuiet = (before: number): boolean => {
    const last = useOf(one, filter)
    if (last.kind === 'unknown') return false
    return (last.kind === 'never' ? last.since : last.at + (last.dateOnly === true ? day : 0)) < before
  }
  const oneLine = (text: string) => text.toLowerCase().replaceAll('\n', ' ')
  const text = oneLine(search ?? '')
  return (
    (oneLine(one.name).includes(text) || oneLine(one.email).includes(text)) &&
    (status === undefined || statusOf(one) === status) &&
    (managed === undefined || one.managed === managed) &&
    (seats === undefined || ['active', seats === 'held' ? 'active' : 'unknown'].includes(statusOf(one))) &&
    ((product === undefined && site === undefined) ||
      one.products.some((p) => (product ?? p.product) === p.product && (site ?? p.site) === p.site)) &&
    (inGroup === undefined || one.groups.some((g) => g.name.toLowerCase() === inGroup.toLowerCase())) &&
    (inactiveBefore === undefined || isQuiet(inactiveBefore))
  )
}

const lastActive: fc.Arbitrary<LastActive> = fc.oneof(
  fc.record({ kind: fc.constant('at' as const), at: instant }),
  fc.record({ kind: fc.constant('at' as const), at: instant, dateOnly: fc.boolean() }),
  fc.record({ kind: fc.constant('never' as const), since: instant }),
  fc.record({ kind: fc.constant('unknown' as const), why: fc.constant('not sent') }),
)
const access = fc.record({
  workspace: fc.constant(brandId<Account['products'][number]['workspace']>('ari')),
  site: fc.constantFrom('a.atlassian.net', 'b.atlassian.net'),
  product: fc.constantFrom('jira', 'confluence'),
  lastActive,
})
const group = fc.record({
  id: fc.constant(brandId<Account['groups'][number]['id']>('g')),
  name: fc.constantFrom('Staff', 'staff', 'ÄRZTE'),
})
const name = fc.oneof(
  fc.constantFrom('Ann', 'ann', '100%', 'a_b', 'axb', 'Ö!', '!', '日本 太郎', 'Zoë 🦊', ''),
  fc.string({ unit: 'binary', maxLength: 4 }).map((text) => text.replaceAll('\0', '')),
)
const anyAccount: fc.Arbitrary<Account> = fc
  .record({
    accountId: fc.stringMatching(/^[a-cA-C0-2:|_-]{1,4}$/),
    name,
    managed: fc.boolean(),
    accountStatus: fc.constantFrom('active', 'inactive', 'unknown'),
    membershipStatus: fc.constantFrom('active', 'suspended', 'no_membership'),
    addedAt: fc.option(instant, { nil: undefined }),
    products: fc.array(access, { maxLength: 3 }),
    groups: fc.array(group, { maxLength: 2 }),
  })
  .map(({ accountId, ...rest }) => account(accountId, rest))
const someAccounts = fc.uniqueArray(anyAccount, { selector: (one) => one.accountId, maxLength: 40 })
const anyFilter: fc.Arbitrary<Filter> = fc.record(
  {
    search: fc.oneof(name, fc.constantFrom('%', '_', '!', '\\', 'EXAMPLE')),
    status: fc.constantFrom('active', 'suspended', 'deactivated'),
    managed: fc.boolean(),
    seats: fc.constantFrom('held', 'held-or-unknown'),
    product: fc.constantFrom('jira', 'confluence', 'none'),
    site: fc.constantFrom('a.atlassian.net', 'b.atlassian.net'),
    inGroup: fc.constantFrom('STAFF', 'ärzte', 'nobody'),
    inactiveBefore: fc.oneof(
      fc.integer({ min: base + 1, max: base + 8 }),
      fc.integer({ min: base + day, max: base + day + 8 }),
    ),
  },
  { requiredKeys: [] },
)

describe('pages of accounts', () => {
  it.each(sorts)('contain every matching account exactly once and in order when sorted by %s', async (sort) => {
    await fc.assert(
      fc.asyncProperty(someAccounts, anyFilter, fc.integer({ min: 1, max: 7 }), async (accounts, filter, limit) => {
        const { db, store } = await open()
        await store.putAccounts(snapshotId, accounts)
        await store.putAccounts(brandId('another'), accounts)
        const wanted = accounts.filter((one) => matches(one, filter)).toSorted((a, b) => orders[sort](a, b, filter))
        const found = await everyPage(store, { ...filter, snapshotId, sort, limit })
        expect(found.map((one) => one.accountId)).toEqual(wanted.map((one) => one.accountId))
        expect(found).toEqual(wanted)
        expect(await store.countAccounts({ ...filter, snapshotId })).toBe(wanted.length)
        await db.destroy()
      }),
      { numRuns: 150 },
    )
  })

  it('are sorted by account id by default', async () => {
    const { store } = await open()
    await store.putAccounts(snapshotId, [account('b'), account('B'), account('a')])
    const page = await store.accounts({ snapshotId, limit: 10 })
    expect(page.accounts.map((one) => one.accountId)).toEqual(['B', 'a', 'b'])
    expect(page.next).toBeUndefined()
  })

  it('refuse a cursor of another order', async () => {
    const { store } = await open()
    for (const after of ['', 'nonsense', '[]', '["a"]', '["a",1]', '{"a":1}', '["ann","a"]', '[1.5,"a"]'])
      await expect(store.accounts({ snapshotId, limit: 1, sort: 'accountId', after })).rejects.toThrow(UsageError)
    await expect(store.accounts({ snapshotId, limit: 1, sort: 'lastActive', after: '["a","a"]' })).rejects.toThrow(
      '"["a","a"]" is not a place in the list of accounts sorted by lastActive. Begin again at the first page.',
    )
  })

  it('refuse a limit below one', async () => {
    const { store } = await open()
    await expect(store.accounts({ snapshotId, limit: 0 })).rejects.toThrow('a limit of at least 1, not 0')
  })
})

describe('search', () => {
  it('matches %, _, ! and backslash literally', async () => {
    const { store } = await open()
    const names = ['100% sure', '100 sure', 'a_b', 'axb', 'wow!', 'wow', 'back\\slash']
    await store.putAccounts(
      snapshotId,
      names.map((one, index) => account(`p${index}`, { name: one })),
    )
    const search = async (text: string) =>
      (await store.accounts({ snapshotId, search: text, limit: 10 })).accounts.map((one) => one.name)
    expect(await search('0%')).toEqual(['100% sure'])
    expect(await search('A_B')).toEqual(['a_b'])
    expect(await search('!')).toEqual(['wow!'])
    expect(await search('\\')).toEqual(['back\\slash'])
  })

  it('takes a line break for a space, and never matches across name and email', async () => {
    const { store } = await open()
    await store.putAccounts(snapshotId, [account('1', { name: 'Ann\nLee' }), account('2', { name: 'Bob' })])
    const found = async (search: string) => store.countAccounts({ snapshotId, search })
    expect([await found('\n'), await found('ann lee'), await found('ann\nlee'), await found('bob\n')]).toEqual([
      1, 1, 1, 0,
    ])
  })

  it('finds names in any script and either case', async () => {
    const { store } = await open()
    await store.putAccounts(snapshotId, [account('1', { name: 'ÉLODIE Çelik' }), account('2', { name: '山田 花子' })])
    expect((await store.accounts({ snapshotId, search: 'élodie ç', limit: 9 })).accounts).toHaveLength(1)
    expect(await store.countAccounts({ snapshotId, search: '花' })).toBe(1)
  })
})

describe('writing accounts', () => {
  it('keeps only the latest version of an account', async () => {
    const { db, store } = await open()
    const groups = (text: string) => [{ id: brandId<Account['groups'][number]['id']>(text), name: text }]
    await store.putAccounts(snapshotId, [
      account('a', { groups: groups('old') }),
      account('a', { groups: groups('mid') }),
    ])
    await store.putAccounts(snapshotId, [account('a', { groups: groups('new') })])
    expect(await store.countAccounts({ snapshotId })).toBe(1)
    expect(await store.countAccounts({ snapshotId, inGroup: 'old' })).toBe(0)
    expect(await store.countAccounts({ snapshotId, inGroup: 'NEW' })).toBe(1)
    expect(await db.selectFrom('account_groups').selectAll().execute()).toHaveLength(1)
  })

  it('writes more accounts than fit into one statement', async () => {
    const { store } = await open()
    await store.putAccounts(
      snapshotId,
      Array.from({ length: 12_000 }, (_, index) => account(`p${index}`)),
    )
    expect(await store.countAccounts({ snapshotId })).toBe(12_000)
    await store.dropAccountsExcept([])
    expect(await store.countAccounts({ snapshotId })).toBe(0)
  })

  it('deletes the accounts and access of all other snapshots', async () => {
    const { db, store } = await open()
    const group = { id: brandId<Account['groups'][number]['id']>('g'), name: 'staff' }
    for (const id of ['s1', 's2', 's3']) await store.putAccounts(brandId(id), [account('a', { groups: [group] })])
    await store.dropAccountsExcept([brandId('s2')])
    expect(await store.account(brandId('s1'), brandId('a'))).toBeUndefined()
    expect(await store.account(brandId('s2'), brandId('a'))).toEqual(account('a', { groups: [group] }))
    expect(await db.selectFrom('account_groups').select('snapshot_id').execute()).toEqual([{ snapshot_id: 's2' }])
  })
})
