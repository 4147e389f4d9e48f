// Vetoes: accounts whose access a person restored, one row each.

import type { Store, Veto } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { toDocument } from './document.js'
import { inPieces } from './pieces.js'
import { count, maybe, number, readerOf, text } from './readable.js'
import type { Schema, VetoRow } from './schema.js'
import { upsert } from './upsert.js'

/** A veto with an unreadable end would exempt nobody, so reading it throws. */
const read = readerOf<Veto>({ accountId: text, runId: text, since: number, until: maybe(number), times: count })

/** The store's methods for vetoes. */
export function vetoMethods(db: Kysely<Schema>): Pick<Store, 'vetoes' | 'veto' | 'vetoesOfRun' | 'putVeto'> {
  return {
    async vetoes() {
      const rows = await inPieces(db, Infinity, (size, last: VetoRow | undefined) => {
        const page = db.selectFrom('vetoes').selectAll().orderBy('account_id').limit(size)
        return (last === undefined ? page : page.where('account_id', '>', last.account_id)).execute()
      })
      return rows.map((row) => read(row.doc))
    },
    async veto(accountId) {
      const row = await db.selectFrom('vetoes').select('doc').where('account_id', '=', accountId).executeTakeFirst()
      return row && read(row.doc)
    },
    async vetoesOfRun(runId) {
      const rows = await inPieces(db, Infinity, (size, last: VetoRow | undefined) => {
        const page = db.selectFrom('vetoes').selectAll().where('run_id', '=', runId).orderBy('account_id').limit(size)
        return (last === undefined ? page : page.where('account_id', '>', last.account_id)).execute()
      })
      return rows.map((row) => read(row.doc))
    },
    putVeto: (veto) =>
      upsert(db, 'vetoes', ['account_id'], [{ account_id: veto.accountId, run_id: veto.runId, doc: toDocument(veto) }]),
  }
}
