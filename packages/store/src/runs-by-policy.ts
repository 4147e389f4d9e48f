// The migration that finds runs by the policy of their plan.

import type { Plan } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { addColumn, addIndex } from './create-table.js'
import { fromDocument } from './document.js'
import type { Schema } from './schema.js'

const runsAtOnce = 50

/** Fills in the policy of existing runs from their plans. */
async function learnPolicies(db: Kysely<Schema>): Promise<void> {
  for (let last = ''; ;) {
    const rows = await db
      .selectFrom('runs')
      .innerJoin('plans', 'plans.plan_id', 'runs.plan_id')
      .select(['runs.run_id', 'plans.doc'])
      .where('runs.policy', '=', '')
      .where('runs.run_id', '>', last)
      .orderBy('runs.run_id')
      .limit(runsAtOnce)
      .execute()
    for (const { run_id, doc } of rows) {
      const { policy } = fromDocument<Plan>(doc)
      if (policy !== null) await db.updateTable('runs').set({ policy }).where('run_id', '=', run_id).execute()
      last = run_id
    }
    if (rows.length < runsAtOnce) return
  }
}

export async function runsByPolicy(db: Kysely<Schema>): Promise<void> {
  await addColumn(db, 'runs', 'policy', 'varchar(255)')
  await learnPolicies(db)
  await addIndex(db, 'runs', 'policy', ['policy', 'started_at', 'run_id'])
}
