// Cleanup policies, by name.

import type { Store, StoredPolicy } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { fromDocument, toDocument } from './document.js'
import type { Schema } from './schema.js'
import { upsert } from './upsert.js'

/** The store's methods for cleanup policies. */
export function policyMethods(db: Kysely<Schema>): Pick<Store, 'putPolicy' | 'policies' | 'policy' | 'deletePolicy'> {
  return {
    putPolicy: (policy) => upsert(db, 'policies', ['name'], [{ name: policy.name, doc: toDocument(policy) }]),
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
