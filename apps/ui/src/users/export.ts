// People as CSV, page by page from the host. No cell can begin a formula, whatever name somebody has chosen.
import type { AccountView, LastActiveView } from '@rollcall/core'
import { client } from '../host/client'
import { csvOf } from '../parts/csv'
import { asQuery, type Filter } from './filter'

const rowsPerAnswer = 200

const head = [
  ...['accountId', 'name', 'email', 'managed', 'synced', 'accountStatus', 'membershipStatus'],
  ...['lastActive', 'products', 'groups', 'protected'],
]

const activity = (last: LastActiveView): string => {
  if ('at' in last) return last.at
  return 'never' in last ? `never since ${last.since}` : `unknown: ${last.unknown}`
}

const rowOf = (account: AccountView): readonly string[] => [
  ...[account.accountId, account.name, account.email, String(account.managed), String(account.synced)],
  ...[account.accountStatus, account.membershipStatus, activity(account.lastActive)],
  account.products.map(({ site, product }) => `${product} on ${site}`).join('; '),
  account.groups.join('; '),
  account.protected?.by ?? '',
]

/** Everybody whom a filter matches, in pages. */
export async function* everybody(filter: Filter): AsyncGenerator<readonly AccountView[]> {
  for (let after: string | undefined; ;) {
    const { accounts, next } = await client.ask('accounts', {
      query: { ...asQuery(filter), limit: rowsPerAnswer, after },
    })
    yield accounts
    if (next === null) return
    after = next
  }
}

/** Collects the CSV, and says after each page how many rows it has. */
export async function exportUsers(filter: Filter, onProgress: (rows: number) => void): Promise<string> {
  const parts = [csvOf([head])]
  let rows = 0
  for await (const page of everybody(filter)) {
    parts.push(csvOf(page.map(rowOf)))
    rows += page.length
    onProgress(rows)
  }
  return parts.join('')
}
