// The protected list, by subject.

import type { Protection, Store } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { toDocument } from './document.js'
import { inPieces } from './pieces.js'
import { flag, maybe, number, readerOf, text, texts } from './readable.js'
import type { ProtectionRow, Schema } from './schema.js'
import { insertOnce } from './upsert.js'

/** An incomplete entry, or one with an unreadable end, would protect nobody, so reading the list throws. */
const read = readerOf<Protection>({
  subject: text,
  reason: text,
  addedAt: number,
  until: maybe(number),
  groupIds: maybe(texts),
  evenIfEmpty: maybe(flag),
})

/** The store's methods for the protected list. */
export function protectionMethods(
  db: Kysely<Schema>,
): Pick<Store, 'protections' | 'putProtection' | 'deleteProtection'> {
  return {
    async protections() {
      const rows = await inPieces(db, Infinity, (size, last: ProtectionRow | undefined) => {
        const page = db.selectFrom('protections').selectAll().orderBy('subject').limit(size)
        return (last === undefined ? page : page.where('subject', '>', last.subject)).execute()
      })
      return rows.map((row) => read(row.doc))
    },
    async putProtection(protection, seen) {
      const { subject } = protection
      const doc = toDocument(protection)
      if (seen === undefined) await insertOnce(db, 'protections', [{ subject, doc }])
      else
        await db
          .updateTable('protections')
          .set({ doc })
          .where('subject', '=', subject)
          .where('doc', '=', toDocument(seen))
          .execute()
      // It is there, whether this statement wrote it or an earlier one whose response was lost.
      const there = await db.selectFrom('protections').select('doc').where('subject', '=', subject).executeTakeFirst()
      return there?.doc === doc
    },
    async deleteProtection(seen) {
      const deleting = db.deleteFrom('protections').where('subject', '=', seen.subject)
      const result = await deleting.where('doc', '=', toDocument(seen)).executeTakeFirst()
      return result.numDeletedRows > 0n
    },
  }
}
