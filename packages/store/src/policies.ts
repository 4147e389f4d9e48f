// Cleanup policies by name. `putPolicy` compares and sets the document. There are few, and each is a page of text.

import type { Store, StoredPolicy } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { fromDocument, toDocument } from './document.js'
import type { Schema } from './schema.js'
import { insertOnce } from './upsert.js'

/** The store's methods for cleanup policies. */
export function policyMethods(
  db: Kysely<Schema>,
): Pick<Store, 'putPolicy' | 'setPolicyState' | 'policies' | 'policy' | 'deletePolicy'> {
  return {
    async putPolicy(policy, read) {
      const { name } = policy
      const doc = toDocument(policy)
      if (read === undefined) await insertOnce(db, 'policies', [{ name, doc }])
      else
        await db
          .updateTable('policies')
          .set({ doc })
          .where('name', '=', name)
          .where('doc', '=', toDocument(read))
          .execute()
      // It is there, whether this statement wrote it or an earlier one whose response was lost.
      const there = await db.selectFrom('policies').select('doc').where('name', '=', name).executeTakeFirst()
      return there?.doc === doc
    },
    async setPolicyState(name, { firedAt, ...state }) {
      for (;;) {
        const row = await db.selectFrom('policies').select('doc').where('name', '=', name).executeTakeFirst()
        if (row === undefined) return
        const stored = fromDocument<StoredPolicy>(row.doc)
        const fired = firedAt === undefined ? {} : { firedAt: Math.max(firedAt, stored.firedAt ?? firedAt) }
        const doc = toDocument({ ...stored, ...state, ...fired })
        // Some engines report an unchanged row as not updated, so an equal document is not written.
        if (doc === row.doc) return
        const result = await db
          .updateTable('policies')
          .set({ doc })
          .where('name', '=', name)
          .where('doc', '=', row.doc)
          .executeTakeFirst()
        // Somebody else wrote the policy first: read it again.
        if (result.numUpdatedRows === 1n) return
      }
    },
    async policies() {
      const rows = await db.selectFrom('policies').select('doc').orderBy('name').execute()
      return rows.map((row) => fromDocument<StoredPolicy>(row.doc))
    },
    async policy(name) {
      const row = await db.selectFrom('policies').select('doc').where('name', '=', name).executeTakeFirst()
      return row === undefined ? undefined : fromDocument<StoredPolicy>(row.doc)
    },
    async deletePolicy(name) {
      await db.deleteFrom('policies').where('name', '=', name).execute()
    },
  }
}
