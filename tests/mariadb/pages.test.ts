// Pages of accounts are the same over MariaDB and over SQLite, for every order and filter, and for all kinds of names.

import { createHash } from 'node:crypto'
import { brandId, type Account, type AccountQuery, type Store } from '@rollcall/core'
import { account, access, site } from '@rollcall/core/testing'
import { createStore, migrate, openSqlite } from '@rollcall/store'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase, type OpenDatabase } from './database.js'
import { mariadb } from './shared.js'

const people = 3000
const snapshotId = brandId<AccountQuery['snapshotId']>('s1')
const names = [
  'Ann',
  'ann',
  'ANN',
  'ann ',
  'ann  b',
  'ann b',
  ' ann',
  'ann\u00a0',
  '',
  ' ',
  'Ärzte',
  'ärzte',
  'arzte',
  'Straße',
  'STRASSE',
  'Zoë 🦊',
  '🦊',
  '🦊🦊',
  '日本 太郎',
  'İpek',
  'ı',
  'e\u0301',
  'é',
  '100%',
  '100',
  'a_b',
  'axb',
  'wow!',
  'wow',
  'back\\slash',
  'back\\\\',
  "O'Hara",
  '"quoted"',
  'semi;colon',
  '?',
  '--',
  'x'.repeat(300),
  `${'x'.repeat(254)}🦊y`,
  `${'x'.repeat(254)} z`,
  'ü'.repeat(300),
  '🦊'.repeat(300),
]
const groupNames = ['Staff', 'staff ', 'STAFF', 'Büro 🦊', 'büro', "admin's", '50%_!', 'g'.repeat(300)]

/** A pseudo-random number below `below`, the same in every run. */
const pick = (index: number, what: string, below: number): number =>
  createHash('sha256').update(`${what} ${index}`).digest().readUInt32BE(0) % below

function person(index: number): Account {
  const one = <T>(what: string, from: readonly T[]): T => from[pick(index, what, from.length)] as T
  const id = pick(index, 'id', 2) === 0 ? `p${index}` : `P:${index}-_`
  const at = pick(index, 'at', 40)
  const kinds = [
    { kind: 'at', at },
    { kind: 'at', at: 1_700_000_000_000 + at },
    { kind: 'never', since: at },
    { kind: 'unknown', why: 'not told' },
  ] as const
  const [lastActive, another] = [one('kind', kinds), one('another', kinds)]
  const name = one('name', names)
  return account({
    accountId: brandId(id),
    name,
    email: `${name}.${index}@Example.com`,
    managed: one('managed', [true, false]),
    accountStatus: one('status', ['active', 'active', 'inactive', 'unknown'] as const),
    membershipStatus: one('member', ['active', 'active', 'suspended'] as const),
    addedAt: at,
    products: one('products', [
      [access({ lastActive })],
      [access({ product: 'confluence', lastActive: another }), access({ lastActive })],
      [access({ site: 'Other.atlassian.net', lastActive })],
      [],
    ]),
    groups: [...new Set([one('group', groupNames), one('other', groupNames)])].map((group) => ({
      id: brandId<Account['groups'][number]['id']>(group),
      name: group,
    })),
  })
}

const place = { site, product: 'jira-software' }
const filters: readonly Omit<AccountQuery, 'snapshotId' | 'limit' | 'after' | 'sort'>[] = [
  {},
  ...['ANN', 'ann ', '%', '_', '!', '\\', '\\\\', "'", '"', 'é', 'ÄRZTE', 'straße', '🦊', '?', '--', 'x@example'].map(
    (search) => ({ search }),
  ),
  ...(['active', 'suspended', 'deactivated'] as const).map((status) => ({ status })),
  ...[true, false].map((managed) => ({ managed })),
  ...['jira-software', 'confluence', 'Jira-Software'].map((product) => ({ product })),
  ...['Other.atlassian.net', 'other.atlassian.net'].map((site) => ({ site })),
  { product: 'jira-software', site: 'Other.atlassian.net' },
  ...groupNames.map((inGroup) => ({ inGroup })),
  ...[20, 1_700_000_000_020].map((inactiveBefore) => ({ inactiveBefore })),
  { ...place, status: 'active' },
  ...[20, 1_700_000_000_020].map((inactiveBefore) => ({ ...place, inactiveBefore })),
  ...['ann', '🦊'].map((search) => ({ ...place, search, inactiveBefore: 1_700_000_000_020 })),
  { ...place, status: 'active', managed: true, inGroup: 'staff', inactiveBefore: 1_800_000_000_000 },
  { status: 'active', managed: true, product: 'jira-software', inGroup: 'staff', inactiveBefore: 1_800_000_000_000 },
]

async function pagesOf(store: Store, query: Omit<AccountQuery, 'after'>): Promise<readonly string[]> {
  const found: string[] = []
  let after: string | undefined
  do {
    const page = await store.accounts({ ...query, ...(after === undefined ? {} : { after }) })
    found.push(page.accounts.map(({ accountId, name }) => `${accountId} ${name}`).join('\n'))
    after = page.next
  } while (after !== undefined)
  return found
}

describe.skipIf(mariadb === undefined)('pages over MariaDB', () => {
  let database: OpenDatabase
  let stores: { readonly mysql: Store; readonly sqlite: Store }
  beforeAll(async () => {
    database = await openDatabase(mariadb)
    const sqlite = openSqlite(new Database(':memory:'))
    for (const db of [database.db, sqlite]) await migrate(db)
    stores = { mysql: createStore(database.db), sqlite: createStore(sqlite) }
    const all = Array.from({ length: people }, (_, index) => person(index))
    for (const store of Object.values(stores))
      for (const id of [snapshotId, brandId<typeof snapshotId>('another')]) await store.putAccounts(id, all)
  }, 120_000)
  afterAll(() => database.close())

  it.each(['accountId', 'name', 'lastActive'] as const)(
    'are the same as over SQLite when sorted by %s',
    async (sort) => {
      for (const filter of filters)
        for (const limit of [97, 1000]) {
          const query = { ...filter, snapshotId, sort, limit }
          expect(await pagesOf(stores.mysql, query), JSON.stringify(query)).toEqual(await pagesOf(stores.sqlite, query))
        }
    },
  )

  it('contain as many accounts as the count', async () => {
    for (const filter of filters) {
      const query = { ...filter, snapshotId }
      expect(await stores.mysql.countAccounts(query), JSON.stringify(query)).toBe(
        await stores.sqlite.countAccounts(query),
      )
    }
  })

  it('return every account as it was written', async () => {
    for (let index = 0; index < 200; index += 1)
      expect(await stores.mysql.account(snapshotId, person(index).accountId)).toEqual(person(index))
  })
})
