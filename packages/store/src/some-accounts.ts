// Several accounts by their ids: as many at once as a statement takes, and as their documents leave room for in an answer.

import type { Account, AccountId, SnapshotId } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { fromDocument } from './document.js'
import { inPieces } from './pieces.js'
import type { AccountRow, Schema } from './schema.js'

/** An id has 128 characters at most: so many of them are far from the size of a request. */
const idsPerStatement = 500

/** Reads those of some accounts that a snapshot has. */
export async function readSome(
  db: Kysely<Schema>,
  id: SnapshotId,
  ids: readonly AccountId[],
): Promise<readonly Account[]> {
  const [distinct, found] = [[...new Set(ids)], [] as Account[]]
  for (let start = 0; start < distinct.length; start += idsPerStatement) {
    const these = distinct.slice(start, start + idsPerStatement)
    const rows = await inPieces(db, these.length, (size, last: Pick<AccountRow, 'account_id' | 'doc'> | undefined) => {
      const page = db.selectFrom('accounts').select(['account_id', 'doc']).where('snapshot_id', '=', id)
      const some = page.where('account_id', 'in', these).orderBy('account_id').limit(size)
      return (last === undefined ? some : some.where('account_id', '>', last.account_id)).execute()
    })
    for (const { doc } of rows) found.push(fromDocument<Account>(doc))
  }
  return found
}
