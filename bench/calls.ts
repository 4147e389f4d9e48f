// How many calls a sync takes, compared with the size of the organization and with a script that reads account by account.

import { openRollcall } from './support/rollcall.js'
import { atLeast, atMost, note, report } from './support/figures.js'
import { simulate, type Calls, type Connection } from './support/simulator.js'

/** Atlassian's limit on last-active-dates, calls a minute for the whole organization. */
const scriptPerMinute = 200
const concurrency = 16
const aboutOneAccount = (byPath: Calls['byPath']) =>
  Object.entries(byPath).reduce((sum, [path, count]) => sum + (/\/users\/\{/.test(path) ? count : 0), 0)
const pagesOf = (accounts: number) => Math.ceil(accounts / 100)

/** The method before users/search existed: the managed accounts page by page, then the last-active dates of each. */
async function readOneByOne({ url, organizationId, key }: Connection): Promise<number> {
  const get = async <T>(address: string) => {
    const response = await fetch(address, { headers: { authorization: `Bearer ${key}` } })
    if (!response.ok) throw new Error(`${address} returned ${response.status}`)
    return (await response.json()) as T
  }
  const organization = `${url}/admin/v1/orgs/${organizationId}`
  const ids: string[] = []
  for (let next: string | undefined = `${organization}/users`; next !== undefined;) {
    const page: { data: { account_id: string }[]; links: { next?: string } } = await get(next)
    ids.push(...page.data.map((one) => one.account_id))
    next = page.links.next
  }
  const waiting = [...ids]
  const ask = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
      await get(`${organization}/directory/users/${encodeURIComponent(id)}/last-active-dates`)
  }
  await Promise.all(Array.from({ length: concurrency }, ask))
  return ids.length
}

async function syncOf(users: number, alsoScript: boolean) {
  const simulator = await simulate(users)
  const rollcall = await openRollcall(simulator.connection)
  try {
    note(`calls: syncing ${users} accounts`)
    await simulator.resetCalls()
    const { accounts, complete } = await rollcall.app.sync('benchmark')
    if (accounts !== users || !complete) throw new Error(`The sync listed ${accounts} of ${users} accounts.`)
    const { total, byPath } = await simulator.calls()
    const managed = await rollcall.app.accounts({ managed: true, limit: 1 })
    const sync = { accounts, managed: managed.total, calls: total, perAccount: aboutOneAccount(byPath) }
    if (!alsoScript) return { ...sync, script: undefined }
    note(`calls: reading ${users} accounts one by one`)
    await simulator.resetCalls()
    const reached = await readOneByOne(simulator.connection)
    const script = await simulator.calls()
    if (aboutOneAccount(script.byPath) !== reached)
      throw new Error('The benchmark does not recognize calls about one account.')
    return { ...sync, script: { accounts: reached, calls: script.total } }
  } finally {
    await rollcall.close()
    simulator.close()
  }
}

const small = await syncOf(1000, false)
const large = await syncOf(13_500, true)
const script = large.script ?? { accounts: 0, calls: 0 }
const minutes = (calls: number) => Math.round((calls / scriptPerMinute) * 10) / 10
report(
  [
    ...[small, large].flatMap(({ accounts, managed, calls, perAccount }) => [
      atMost(
        `calls of a sync of ${accounts} accounts, ${managed} of them managed`,
        calls,
        Math.ceil((pagesOf(accounts) + pagesOf(managed)) * 1.02) + 30,
      ),
      atMost(`calls of that sync that are about one account`, perAccount, 0),
    ]),
    atLeast(`calls of the script for each call of a sync, ${large.accounts} accounts`, script.calls / large.calls, 100),
  ],
  {
    script,
    mostThatPagesOfHundredAllow: (script.accounts + pagesOf(script.accounts)) / pagesOf(large.accounts),
    computed: {
      what: `minutes at ${scriptPerMinute} calls a minute, computed from the calls`,
      script: minutes(script.calls),
      sync: minutes(large.calls),
    },
  },
)
