// The lease of the organization, moved by compare-and-set. All times come from the caller.

import { leaseRuns, type Lease, type Store } from '@rollcall/core'
import { sql, type Kysely } from 'kysely'
import type { Schema } from './schema.js'
import { insertOnce } from './upsert.js'

const laneName = 'organization'

/** The condition that the lease is held with this token. */
export const leaseHeldWith = (token: number) =>
  sql<boolean>`exists (select 1 from ${sql.table('lane')} where ${sql.ref('lane.name')} = ${laneName} and ${sql.ref('lane.token')} = ${token})`

/** Says whether the lease is held with this token. */
export async function holds(db: Kysely<Schema>, token: number): Promise<boolean> {
  const row = db.selectFrom('lane').select('token').where('name', '=', laneName).where('token', '=', token)
  return (await row.executeTakeFirst()) !== undefined
}

/** The store's methods for the lease. */
export function leaseMethods(db: Kysely<Schema>): Pick<Store, 'claimLease' | 'lease' | 'releaseLease'> {
  const read = async (): Promise<Lease> => {
    const row = await db
      .selectFrom('lane')
      .select(['token', 'owner', 'until'])
      .where('name', '=', laneName)
      .executeTakeFirst()
    return { token: Number(row?.token ?? 0), owner: row?.owner ?? '', until: Number(row?.until ?? 0) }
  }
  const replace = async (stored: Lease, wanted: Lease): Promise<boolean> => {
    const result = await db
      .updateTable('lane')
      .set({ token: wanted.token, owner: wanted.owner, until: wanted.until })
      .where('name', '=', laneName)
      .where('token', '=', stored.token)
      .where('owner', '=', stored.owner)
      .where('until', '=', stored.until)
      .executeTakeFirst()
    return result.numUpdatedRows === 1n
  }
  return {
    async claimLease(owner, now, until) {
      await insertOnce(db, 'lane', [{ name: laneName, token: 0, owner: '', until: 0 }])
      for (;;) {
        const stored = await read()
        const running = stored.owner !== '' && leaseRuns(stored, now)
        if (running && stored.owner !== owner) return undefined
        // A holder whose lease expired continues with its token when nobody else claimed the lease.
        const wanted = { token: stored.owner === owner ? stored.token : stored.token + 1, owner, until }
        // Some engines report an unchanged row as not updated, so an equal lease is not written.
        if (running && stored.until === until) return wanted
        // Another process moved the lease first: read it again.
        if (await replace(stored, wanted)) return wanted
      }
    },
    async lease() {
      const stored = await read()
      return stored.owner === '' ? undefined : stored
    },
    async releaseLease(lease) {
      await db
        .updateTable('lane')
        .set({ owner: '', until: 0 })
        .where('name', '=', laneName)
        .where('token', '=', lease.token)
        .where('owner', '=', lease.owner)
        .execute()
    },
  }
}
