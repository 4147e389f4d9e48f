// The audit log in SQL: entries chained by hash under a unique index. There is no statement here that
// updates or deletes; a second process that appends at the same time makes the first one try again.

import { canonicalJson, chain, type AuditEntry, type AuditFact, type AuditLog, type System } from '@rollcall/core'
import type { Kysely, Selectable } from 'kysely'
import { fromDocument } from './document.js'
import { guarded, StoreError } from './errors.js'
import type { AuditRow, Schema } from './schema.js'
import { insertOnce } from './upsert.js'

const attempts = 20

const toEntry = (row: Selectable<AuditRow>): AuditEntry => ({
  index: Number(row.idx),
  previous: row.previous,
  fact: fromDocument<AuditFact>(row.fact),
  hash: row.hash,
})

/** Makes the append-only audit log over a migrated database. */
export function createAuditLog(db: Kysely<Schema>, system: Pick<System, 'digest'>): AuditLog {
  const head = async (): Promise<AuditEntry | undefined> => {
    const row = await db.selectFrom('audit').selectAll().orderBy('idx', 'desc').limit(1).executeTakeFirst()
    return row === undefined ? undefined : toEntry(row)
  }

  const appendNow = async (fact: AuditFact): Promise<AuditEntry> => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const entry = await chain(await head(), fact, system)
      const { index, previous, hash } = entry
      const row = { idx: index, previous, hash, fact: canonicalJson(fact) }
      if ((await insertOnce(db, 'audit', [row])) === 1) return entry
    }
    throw new StoreError('contended')
  }

  // Appends of this process wait for each other, so that only other processes can take an index first.
  let last: Promise<unknown> = Promise.resolve()
  return guarded<AuditLog>({
    append(fact) {
      const appended = last.then(() => appendNow(fact))
      last = appended.catch(() => undefined)
      return appended
    },
    async read(after, limit) {
      const rows = await db
        .selectFrom('audit')
        .selectAll()
        .where('idx', '>', after)
        .orderBy('idx')
        .limit(limit)
        .execute()
      return rows.map(toEntry)
    },
    head,
  })
}
