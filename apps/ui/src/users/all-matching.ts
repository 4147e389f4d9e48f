// All users that match a filter, page by page from the host.
import type { AccountView } from '@rollcall/api'
import { client } from '../host/client'
import { asQuery, type Filter } from './filter'

export const rowsPerAnswer = 200

export async function* allMatching(filter: Filter): AsyncGenerator<readonly AccountView[]> {
  for (let after: string | undefined; ;) {
    const { accounts, next } = await client.ask('accounts', {
      query: { ...asQuery(filter), limit: rowsPerAnswer, after },
    })
    yield accounts
    if (next === null) return
    after = next
  }
}
