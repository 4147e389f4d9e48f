// Plans: stored once, never changed.

import type { Plan, Store } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { fromDocument, toDocument } from './document.js'
import type { Schema } from './schema.js'
import { insertOnce } from './upsert.js'

/** The store's methods for plans. */
export function planMethods(db: Kysely<Schema>): Pick<Store, 'putPlan' | 'plan' | 'plans'> {
  return {
    async putPlan(plan) {
      await insertOnce(db, 'plans', [{ plan_id: plan.planId, created_at: plan.createdAt, doc: toDocument(plan) }])
    },
    async plan(id) {
      const row = await db.selectFrom('plans').select('doc').where('plan_id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : fromDocument<Plan>(row.doc)
    },
    async plans(limit) {
      const rows = await db
        .selectFrom('plans')
        .select('doc')
        .orderBy('created_at', 'desc')
        .orderBy('plan_id', 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => fromDocument<Plan>(row.doc))
    },
  }
}
