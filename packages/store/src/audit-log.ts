// The audit log in SQL: entries chained by hash under a unique index. No statement changes an entry. Only the oldest entries
// can be deleted, up to a checkpoint made for that. When a second process appends, the first one tries again.

import {
  bind,
  canonicalJson,
  chain,
  LeaseLost,
  type AuditEntry,
  type AuditFact,
  type AuditLog,
  type Checkpoint,
  type Lease,
  type Personal,
  type PersonalData,
  type RecordedFact,
  type System,
} from '@rollcall/core'
import type { Kysely, Selectable } from 'kysely'
import { fromDocument, toDocument } from './document.js'
import { guarded, StoreError } from './errors.js'
import { holds, leaseHeldWith } from './lease.js'
import { inPieces } from './pieces.js'
import type { AuditRow, Schema } from './schema.js'
import { insertOnce } from './upsert.js'

const attempts = 20
const indexesPerStatement = 500

const toEntry = (row: Selectable<AuditRow>): AuditEntry => ({
  index: Number(row.idx),
  previous: row.previous,
  fact: fromDocument<RecordedFact>(row.fact),
  hash: row.hash,
  ...(row.personal === null ? {} : { personal: fromDocument<Personal>(row.personal) }),
})

/** Makes the append-only audit log over a migrated database. */
export function createAuditLog(db: Kysely<Schema>, system: Pick<System, 'digest' | 'newId'>): AuditLog {
  const head = async (): Promise<AuditEntry | undefined> => {
    const row = await db.selectFrom('audit').selectAll().orderBy('idx', 'desc').limit(1).executeTakeFirst()
    return row === undefined ? undefined : toEntry(row)
  }
  const hashAt = async (index: number): Promise<string | undefined> =>
    (await db.selectFrom('audit').select('hash').where('idx', '=', index).executeTakeFirst())?.hash

  const appendNow = async (
    given: AuditFact,
    data: PersonalData | undefined,
    lease: Pick<Lease, 'token'> | undefined,
  ): Promise<AuditEntry> => {
    const when = lease === undefined ? undefined : leaseHeldWith(lease.token)

    const { fact, personal } = data === undefined ? { fact: given } : await bind(given, data, system.newId(), system)
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const entry = await chain(await head(), fact, system)
      const { index, previous, hash } = entry
      const beside = personal === undefined ? null : toDocument(personal)
      const row = {
        idx: index,
        previous,
        hash,
        fact: canonicalJson(fact),
        subject: fact.subject ?? '',
        personal: beside,
      }
      // A statement runs again when its response is lost, and then finds its own row: the fact is logged.
      if ((await insertOnce(db, 'audit', [row], when)) === 1 || (await hashAt(index)) === hash)
        return personal === undefined ? entry : { ...entry, personal }
      // Nothing was written: another process took the index or the lease.
      if (lease !== undefined && !(await holds(db, lease.token))) throw new LeaseLost()
    }
    throw new StoreError('contended')
  }

  // Appends within this process run one after another, so that only other processes compete for an index.
  let last: Promise<unknown> = Promise.resolve()
  return guarded<AuditLog>({
    append(fact, data, lease) {
      const appended = last.then(() => appendNow(fact, data, lease))
      last = appended.catch(() => undefined)
      return appended
    },
    async read(after, limit) {
      const rows = await inPieces(db, limit, (size, last: Selectable<AuditRow> | undefined) => {
        const from = last === undefined ? after : Number(last.idx)
        return db.selectFrom('audit').selectAll().where('idx', '>', from).orderBy('idx').limit(size).execute()
      })
      return rows.map(toEntry)
    },
    head,
    async erase(subject, others = []) {
      const erasing = db.updateTable('audit').set({ personal: null }).where('personal', 'is not', null)
      let erased = Number((await erasing.where('subject', '=', subject).executeTakeFirst()).numUpdatedRows)
      for (let start = 0; start < others.length; start += indexesPerStatement) {
        const these = erasing.where('idx', 'in', others.slice(start, start + indexesPerStatement))
        erased += Number((await these.executeTakeFirst()).numUpdatedRows)
      }
      return erased
    },
    async addCheckpoint(checkpoint) {
      const { index, at, why } = checkpoint
      await insertOnce(db, 'checkpoints', [{ idx: index, at, why, doc: toDocument(checkpoint) }])
    },
    async checkpoints() {
      const rows = await db.selectFrom('checkpoints').select('doc').orderBy('idx').orderBy('at').execute()
      return rows.map((row) => fromDocument<Checkpoint>(row.doc))
    },
    async prune(index) {
      const made = db.selectFrom('checkpoints').select('idx').where('idx', '=', index).where('why', '=', 'pruned')
      if ((await made.executeTakeFirst()) !== undefined)
        await db.deleteFrom('audit').where('idx', '<=', index).execute()
    },
  })
}
