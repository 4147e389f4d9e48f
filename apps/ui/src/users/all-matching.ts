// All users that match a filter, page by page from the host.
import type { AccountView } from '@rollcall/api'
import { client } from '../host/client'
import { asQuery, type Filter } from './filter'

export const rowsPerResponse = 200

export async function* allMatching(filter: Filter): AsyncGenerator<readonly AccountView[]> {
  for (let after: string | undefined; ;) {
    const { accounts, next } = await client.request('accounts', {
      query: { ...asQuery(filter), limit: rowsPerResponse, after },
    })
    yield accounts
    if (next === null) return
    after = next
  }
}
