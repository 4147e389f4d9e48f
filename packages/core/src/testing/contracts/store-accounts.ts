// The contract of every Store for the accounts of a snapshot: filters, orders, pages, repeated writes.

import type { Account } from '../../model/account.js'
import { brandId } from '../../model/ids.js'
import type { AccountQuery, Store } from '../../ports.js'
import { access, account, accountId, group } from '../builders.js'
import { testNow } from '../manual-system.js'
import { compareText } from '../memory-accounts.js'
import { same, type Promised } from './promised.js'

export const snapshotId = brandId<AccountQuery['snapshotId']>('s1')
const staff = { id: group('Staff').id, name: 'Staff' }
const at = (offset: number) => ({ kind: 'at', at: testNow + offset }) as const
const wiki = { site: 'eu.atlassian.net', product: 'confluence' }

const people: readonly Account[] = [
  account({ accountId: accountId('c'), name: 'ann', products: [access({ lastActive: at(30) })], groups: [staff] }),
  account({
    accountId: accountId('a'),
    name: 'Zoë 🦊',
    managed: false,
    products: [access({ ...wiki, lastActive: at(10) })],
  }),
  account({ accountId: accountId('B'), name: '100% sure', membershipStatus: 'suspended', addedAt: testNow + 5 }),
  account({
    accountId: accountId('d'),
    name: 'Bob_1',
    accountStatus: 'inactive',
    products: [access({ lastActive: at(10) })],
  }),
  account({
    accountId: accountId('e'),
    name: 'Élodie',
    email: 'BOSS@acme.example',
    products: [access({ lastActive: { kind: 'unknown', why: 'not told' } })],
  }),
]

export type Query = Omit<AccountQuery, 'snapshotId' | 'limit'>

/** The ids of all pages. Their number must equal the count. */
export async function idsOf(store: Store, query: Query, limit = 2, between = ''): Promise<string> {
  const found: Account[] = []
  let after: string | undefined
  do {
    const page = await store.accounts({ ...query, snapshotId, limit, ...(after === undefined ? {} : { after }) })
    found.push(...page.accounts)
    after = page.next
  } while (after !== undefined)
  const { sort: _sort, after: _after, ...filter } = query
  same(await store.countAccounts({ ...filter, snapshotId }), found.length, 'the count of the rows on all pages')
  return found.map((one) => one.accountId).join(between)
}

const filters: readonly (readonly [string, Query, string])[] = [
  ['search in names, ignoring case', { search: 'ÉLOD' }, 'e'],
  ['search in email addresses', { search: 'boss@' }, 'e'],
  ['search for a literal percent sign', { search: '0%' }, 'B'],
  ['search for a literal underscore', { search: 'b_1' }, 'd'],
  ['status active', { status: 'active' }, 'ace'],
  ['status suspended', { status: 'suspended' }, 'B'],
  ['status deactivated', { status: 'deactivated' }, 'd'],
  ['not managed', { managed: false }, 'a'],
  ['a product on any site', { product: 'jira-software' }, 'cde'],
  ['any product of a site', { site: wiki.site }, 'a'],
  ['a product on a site that has only another', { product: 'jira-software', site: wiki.site }, ''],
  ['a group, ignoring case', { inGroup: 'STAFF' }, 'c'],
  [
    'strictly inactive before; never-active accounts count from joining, unknown ones never match',
    { inactiveBefore: testNow + 30 },
    'Bad',
  ],
  ['several at once', { status: 'active', product: 'jira-software', search: 'ann' }, 'c'],
]

export const storeAccountsContract: readonly Promised<Store>[] = [
  {
    promise: 'keeps the last version of an account that was written twice',
    async check(store) {
      await store.putAccounts(snapshotId, [account({ groups: [staff] }), account({ name: 'Twice', groups: [staff] })])
      await store.putAccounts(snapshotId, [account({ name: 'Last' })])
      same(await store.countAccounts({ snapshotId }), 1, 'accounts')
      same(await store.countAccounts({ snapshotId, inGroup: 'staff' }), 0, 'accounts in a group that they have left')
      same(await store.account(snapshotId, account().accountId), account({ name: 'Last' }), 'the account')
    },
  },
  {
    promise: 'reads several accounts by their ids, each once, and leaves out unknown ids',
    async check(store) {
      const many = Array.from({ length: 1101 }, (_, n) => account({ accountId: accountId(`p${n}`), name: `N ${n}` }))
      await store.putAccounts(snapshotId, many)
      await store.putAccounts(brandId('another'), [account({ accountId: accountId('elsewhere') })])
      const namesOf = async (ids: readonly string[]) =>
        (await store.someAccounts(snapshotId, ids.map(accountId))).map(({ name }) => name).toSorted(compareText)
      same(await namesOf([]), [], 'no ids')
      same(await namesOf(['p7', 'elsewhere', 'p1100', 'p7', 'nobody']), ['N 1100', 'N 7'], 'two of several')
      const all = many.map(({ name }) => name).toSorted(compareText)
      same(await namesOf(many.map((one) => one.accountId)), all, 'everybody')
    },
  },
  {
    promise: 'keeps the accounts of snapshots apart, and drops those of all but the given snapshots',
    async check(store) {
      for (const id of ['s1', 's2', 's3']) await store.putAccounts(brandId(id), [account({ name: id })])
      await store.dropAccountsExcept([brandId('s2')])
      const left = await Promise.all(['s1', 's2', 's3'].map((id) => store.account(brandId(id), account().accountId)))
      same(
        left.map((one) => one?.name ?? null),
        [null, 's2', null],
        'accounts that remain',
      )
      await store.dropAccountsExcept([])
      same(await store.countAccounts({ snapshotId: brandId('s2') }), 0, 'accounts after dropping all')
    },
  },
  ...filters.map(([what, query, expected]): Promised<Store> => ({
    promise: `finds accounts by ${what}`,
    async check(store) {
      await store.putAccounts(snapshotId, people)
      await store.putAccounts(brandId('another'), people)
      same(
        [...(await idsOf(store, query))].toSorted(compareText).join(''),
        [...expected].toSorted(compareText).join(''),
        what,
      )
    },
  })),
  {
    promise: 'pages through every order without losing or repeating an account; the account id breaks ties',
    async check(store) {
      await store.putAccounts(snapshotId, people)
      for (const limit of [1, 2, 3, 5, 9]) {
        same(await idsOf(store, {}, limit), 'Bacde', 'by account id')
        same(await idsOf(store, { sort: 'name' }, limit), 'Bcdae', 'by name')
        same(await idsOf(store, { sort: 'lastActive' }, limit), 'Beadc', 'by last activity')
      }
    },
  },
  {
    promise: 'returns no next page after the last account',
    async check(store) {
      await store.putAccounts(snapshotId, people)
      same((await store.accounts({ snapshotId, limit: 5 })).next, undefined, 'the next page')
    },
  },
]
