// A large organization over MariaDB, statement by statement, held against the limits of Forge SQL.

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
import { writePeople } from './support/people.js'
import { product, site } from './support/rollcall.js'

const people = 150_000
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
const { id: snapshotId } = await measure(`writing ${people} people in ${groups} groups each`, () =>
  writePeople(store, people, now, { groups, id: randomUUID().slice(-12) }),
)
const size = await sql<{ readonly mebibytes: number }>`
  select round(sum(data_length + index_length) / 1048576) as mebibytes
  from information_schema.tables where table_schema = database()`.execute(db)
take()

const ports = { store } as Ports
for (const [whose, scope] of Object.entries({ everybody: {}, 'the users of a product': { site, product } }))
  await measure(`reading ${whose} in pages of 1000, as planning does`, async () => {
    let read = 0
    for await (const _ of accountsOf({ snapshotId, ...scope }, ports)) read += 1
    note(`sql-limits: ${read} accounts`)
  })

const filters: Readonly<Record<string, Omit<AccountQuery, 'snapshotId' | 'limit' | 'after' | 'sort'>>> = {
  'no filter': {},
  'a search that finds many': { search: 'mia' },
  'a search that finds nobody': { search: 'nobody is called this' },
  'a status that most have': { status: 'active' },
  'a status that few have': { status: 'suspended' },
  'not managed': { managed: false },
  'a product and a site': { product, site },
  'a product and a site, inactive on it': { product, site, inactiveBefore: now - 90 * day },
  'a product and a site, inactive on it for long': { product, site, inactiveBefore: now - 495 * day },
  'a product and a site, inactive on it for longer than anybody': { product, site, inactiveBefore: now - 3000 * day },
  'suspended, and inactive on a product and a site': {
    product,
    site,
    status: 'suspended',
    inactiveBefore: now - 90 * day,
  },
  'a product that nobody has': { product: 'none' },
  'a group of everybody': { inGroup: 'jira-users-acme' },
  'a group of a fifth': { inGroup: 'team-7' },
  'a group of nobody': { inGroup: 'nobody' },
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
    atMost('bytes of the largest answer', most('response'), limits.response),
    atMost('seconds of the slowest select', most('selectSeconds'), limits.selectSeconds),
    atMost('seconds of the slowest writing', most('dmlSeconds'), limits.dmlSeconds),
    atMost('seconds of the slowest page of fifty', Math.max(...pages.map(({ seconds }) => seconds)), pageSeconds),
  ],
  { people, groups, mebibytes: Number(size.rows[0]?.mebibytes), pieces },
)
await close()
await stopServer(server)
rmSync(folder, { recursive: true, force: true })
