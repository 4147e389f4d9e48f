// Reads the newest snapshot and streams its accounts, a page at a time.

import type { Account } from '../model/account.js'
import { UsageError } from '../model/errors.js'
import type { AccountQuery, Ports } from '../ports.js'
import type { Snapshot, SnapshotHead } from '../model/snapshot.js'

const pageSize = 1000

/** Streams the accounts of a snapshot, a page at a time. */
export async function* accountsOf(
  query: Omit<AccountQuery, 'limit' | 'after' | 'sort'>,
  { store }: Ports,
): AsyncGenerator<Account> {
  let after: string | undefined
  do {
    const page = await store.accounts({ ...query, limit: pageSize, ...(after === undefined ? {} : { after }) })
    yield* page.accounts
    after = page.next
  } while (after !== undefined)
}

function required<Head>(newest: Head | undefined): Head {
  if (newest === undefined) throw new UsageError('There is no snapshot yet.', undefined, 'sync-first')
  return newest
}

/** Reads the newest finished snapshot. Throws a `UsageError` when there is none. */
export const newestSnapshot = async ({ store }: Ports): Promise<Snapshot> => required((await store.snapshots(1))[0])

/** The same without its groups: enough to list its accounts. */
export const newestHead = async ({ store }: Ports): Promise<SnapshotHead> => required((await store.snapshotHeads(1))[0])
