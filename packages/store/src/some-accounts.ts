// Several accounts by id: as many as fit into one statement and, with their documents, into one response.

import type { Account, AccountId, SnapshotId } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { fromDocument } from './document.js'
import { inPieces } from './pieces.js'
import type { AccountRow, Schema } from './schema.js'

/** Ids per statement: at 128 characters each, far below the size of a request. */
const idsPerStatement = 500

/** Reads those of the accounts that the snapshot has. */
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
