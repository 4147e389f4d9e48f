// A large organization in MariaDB, statement by statement, compared with the limits of Forge SQL.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { accountsOf, type AccountQuery, type AccountSort, type Ports } from '@rollcall/core'
import { createStore, migrate } from '@rollcall/store'
import { openDatabase } from '../tests/mariadb/database.js'
import { limits, meter, type Figures } from '../tests/mariadb/meter.js'
import { startServer, stopServer } from '../tests/mariadb/server.js'
import { atMost, note, report } from './support/figures.js'
import { writeAccounts } from './support/accounts.js'
import { product, site } from './support/rollcall.js'

const accounts = 150_000
const groups = 8
const pageSeconds = 1
const day = 86_400_000

const folder = mkdtempSync(join(tmpdir(), 'rollcall-sql-limits-'))
const server = await startServer(folder)
if (server === undefined) throw new Error('MariaDB was not found and could not be installed.')
const { around, take } = meter()
const { db, close } = await openDatabase(server, {}, around)
const store = createStore(db)
await migrate(db)
take()

const pieces: (Figures & { readonly what: string })[] = []
async function measure<T>(what: string, work: () => Promise<T>): Promise<T> {
  note(`sql-limits: ${what}`)
  const result = await work()
  pieces.push({ what, ...take() })
  return result
}

const now = Date.now()
const { id: snapshotId } = await measure(`writing ${accounts} accounts in ${groups} groups each`, () =>
  writeAccounts(store, accounts, now, { groups, id: randomUUID().slice(-12) }),
)
const size = await sql<{ readonly mebibytes: number }>`
  select round(sum(data_length + index_length) / 1048576) as mebibytes
  from information_schema.tables where table_schema = database()`.execute(db)
take()

const ports = { store } as Ports
for (const [which, scope] of Object.entries({ 'all accounts': {}, 'the users of a product': { site, product } }))
  await measure(`reading ${which} in pages of 1000, as planning does`, async () => {
    let read = 0
    for await (const _ of accountsOf({ snapshotId, ...scope }, ports)) read += 1
    note(`sql-limits: ${read} accounts`)
  })

const filters: Readonly<Record<string, Omit<AccountQuery, 'snapshotId' | 'limit' | 'after' | 'sort'>>> = {
  'no filter': {},
  'a search that finds many': { search: 'mia' },
  'a search without matches': { search: 'nobody is called this' },
  'a frequent status': { status: 'active' },
  'a rare status': { status: 'suspended' },
  'not managed': { managed: false },
  'a product and a site': { product, site },
  'a product and a site, inactive on it': { product, site, inactiveBefore: now - 90 * day },
  'a product and a site, inactive on it for long': { product, site, inactiveBefore: now - 495 * day },
  'a product and a site, inactive on it for longer than any account': {
    product,
    site,
    inactiveBefore: now - 3000 * day,
  },
  'suspended, and inactive on a product and a site': {
    product,
    site,
    status: 'suspended',
    inactiveBefore: now - 90 * day,
  },
  'an unused product': { product: 'none' },
  'a group of all accounts': { inGroup: 'jira-users-acme' },
  'a group of a fifth of the accounts': { inGroup: 'team-7' },
  'an empty group': { inGroup: 'nobody' },
  'inactive for long': { inactiveBefore: now - 400 * day },
  'all at once': { status: 'active', managed: true, product, inGroup: 'team-7', inactiveBefore: now - 90 * day },
}
const sorts: readonly AccountSort[] = ['accountId', 'name', 'lastActive']
for (const [name, filter] of Object.entries(filters)) {
  for (const sort of sorts) {
    const query = { ...filter, snapshotId, sort, limit: 50 }
    const { next } = await measure(`a page by ${sort}: ${name}`, () => store.accounts(query))
    if (next !== undefined)
      await measure(`the next page by ${sort}: ${name}`, () => store.accounts({ ...query, after: next }))
  }
  await measure(`counting: ${name}`, () => store.countAccounts({ ...filter, snapshotId }))
}
await measure('dropping the snapshot', () => store.dropAccountsExcept([]))

const most = (figure: keyof Figures) => Math.max(...pieces.map((piece) => piece[figure]))
const pages = pieces.filter(({ what }) => what.includes('page by'))
report(
  [
    atMost('bytes of the largest request', most('request'), limits.request),
    atMost('bytes of the largest response', most('response'), limits.response),
    atMost('seconds of the slowest select', most('selectSeconds'), limits.selectSeconds),
    atMost('seconds of the slowest write', most('dmlSeconds'), limits.dmlSeconds),
    atMost('seconds of the slowest page of fifty', Math.max(...pages.map(({ seconds }) => seconds)), pageSeconds),
  ],
  { accounts, groups, mebibytes: Number(size.rows[0]?.mebibytes), pieces },
)
await close()
await stopServer(server)
rmSync(folder, { recursive: true, force: true })
