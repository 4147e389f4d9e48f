// The protected list, by subject.

import type { Protection, Store } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { fromDocument, toDocument } from './document.js'
import { StoreError } from './errors.js'
import { inPieces } from './pieces.js'
import type { ProtectionRow, Schema } from './schema.js'
import { upsert } from './upsert.js'

/** Half an entry would protect nobody: a list with one cannot be read. */
function whole(protection: Protection): Protection {
  const { subject, reason, addedAt } = protection
  if (typeof subject === 'string' && typeof reason === 'string' && typeof addedAt === 'number') return protection
  throw new StoreError('corrupt')
}

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
      return rows.map((row) => whole(fromDocument<Protection>(row.doc)))
    },
    putProtection: (protection) =>
      upsert(db, 'protections', ['subject'], [{ subject: protection.subject, doc: toDocument(protection) }]),
    async deleteProtection(read) {
      const deleting = db.deleteFrom('protections').where('subject', '=', read.subject)
      const result = await deleting.where('doc', '=', toDocument(read)).executeTakeFirst()
      return result.numDeletedRows > 0n
    },
  }
}
