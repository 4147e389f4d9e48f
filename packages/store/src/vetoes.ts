// Vetoes: accounts that a person restored, one row each.

import type { Store, Veto } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { fromDocument, toDocument } from './document.js'
import type { Schema } from './schema.js'
import { upsert } from './upsert.js'

/** The store's methods for vetoes. */
export function vetoMethods(db: Kysely<Schema>): Pick<Store, 'vetoes' | 'putVeto'> {
  return {
    async vetoes() {
      const rows = await db.selectFrom('vetoes').select('doc').orderBy('account_id').execute()
      return rows.map((row) => fromDocument<Veto>(row.doc))
    },
    putVeto: (veto) => upsert(db, 'vetoes', ['account_id'], [{ account_id: veto.accountId, doc: toDocument(veto) }]),
  }
}
