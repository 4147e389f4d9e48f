// A filtered, sorted page of the account list compared with the bare SQL of the same page; both take turns.

import { atMost, median, note, report, timed } from './support/figures.js'
import { writeAccounts } from './support/accounts.js'
import { openRollcall, product, site } from './support/rollcall.js'

const accounts = 150_000
const warmUp = 300
const rounds = 300
const countedRounds = 20
const limit = 50
const day = 86_400_000

const rollcall = await openRollcall({ url: 'http://127.0.0.1:9', organizationId: 'organization', key: 'none' })
const { app, ports, driver } = rollcall
note(`listing: writing ${accounts} accounts`)
const now = Date.now()
const { id } = await writeAccounts(ports.store, accounts, now)

const filter = { status: 'active', managed: true, site, product, inactiveFor: '90d', sort: 'lastActive' } as const
const tables = `account_products used join accounts on accounts.account_id = used.account_id`
const where = `accounts.snapshot_id = @id and used.snapshot_id = @id and used.product = @product and used.site = @site
  and used.inactive_since < @before and used.last_active < @before and status = 'active' and managed = 1`
const order = 'order by used.last_active, used.account_id'
const pageSql = `select doc, used.account_id, used.last_active from ${tables} where ${where}
  and (used.last_active, used.account_id) > (@last, @after) ${order} limit @limit`
const page = driver.prepare(pageSql)
const count = driver.prepare(`select count(*) as total from ${tables} where ${where}`)
const given = { id, before: now - 90 * day + 1, site, product }
const { total } = count.get(given) as { readonly total: number }

/** The keys of the first page and of one in the middle of all matches. */
const middle = driver
  .prepare(
    `select used.last_active, used.account_id from ${tables} where ${where}
    ${order} limit 1 offset ${Math.floor(total / 2)}`,
  )
  .get(given) as { readonly last_active: number; readonly account_id: string }
const places = {
  first: { keys: { last: -1, after: '' }, query: {} },
  middle: {
    keys: { last: middle.last_active, after: middle.account_id },
    query: { after: JSON.stringify([middle.last_active, middle.account_id]) },
  },
}

async function compare(place: keyof typeof places) {
  const { keys, query } = places[place]
  const bareRows = () => page.all({ ...given, ...keys, limit }) as { readonly account_id: string }[]
  const ours = async () => (await app.accounts({ ...filter, ...query, limit })).accounts
  const [mine, bare] = [(await ours()).map((one) => one.accountId), bareRows().map((one) => one.account_id)]
  if (JSON.stringify(mine) !== JSON.stringify(bare) || mine.length !== limit)
    throw new Error(`The ${place} page of the list differs from the page of the bare SQL.`)
  const times = { ours: [] as number[], page: [] as number[], counted: [] as number[] }
  for (let round = 0; round < warmUp; round += 1) await ours()
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(await timed(ours))
    times.page.push(await timed(bareRows))
  }
  for (let round = 0; round < countedRounds; round += 1)
    times.counted.push(await timed(() => [bareRows(), count.get(given)]))
  const [own, bareMs, countedMs] = [median(times.ours), median(times.page), median(times.counted)]
  return { toPage: own / bareMs, toCountedPage: own / countedMs, ms: { ours: own, page: bareMs, counted: countedMs } }
}

note(`listing: ${total} accounts match, in pages of ${limit}`)
const [first, deep] = [await compare('first'), await compare('middle')]
report(
  [
    atMost('ratio of the first page to the bare SQL of the page', first.toPage, 3),
    atMost('ratio of a page in the middle to the bare SQL of the page', deep.toPage, 3),
    atMost('ratio of the first page to the bare SQL of the page and its total', first.toCountedPage, 3),
    atMost('ratio of a page in the middle to the bare SQL of the page and its total', deep.toCountedPage, 3),
  ],
  { accounts, matching: total, first, deep },
)
await rollcall.close()
