// Removes a plan with its run, in portions, so that other requests do not wait long.

import type { PlanId } from '@rollcall/core'
import type { Kysely } from 'kysely'
import type { Schema } from './schema.js'

/** Steps or parts per delete statement. */
const rowsPerDrop = 500

/** Removes the steps of a run. */
async function dropSteps(db: Kysely<Schema>, runId: string): Promise<void> {
  for (;;) {
    const own = db.selectFrom('steps').select('position').where('run_id', '=', runId).orderBy('position')
    const last = (await own.limit(rowsPerDrop).execute()).at(-1)
    if (last === undefined) return
    const dropping = db.deleteFrom('steps').where('run_id', '=', runId)
    await dropping.where('position', '<=', Number(last.position)).execute()
  }
}

/** Removes the actions of a plan. */
async function dropParts(db: Kysely<Schema>, planId: PlanId): Promise<void> {
  for (;;) {
    const own = db.selectFrom('plan_parts').select('part').where('plan_id', '=', planId).orderBy('part')
    const last = (await own.limit(rowsPerDrop).execute()).at(-1)
    if (last === undefined) return
    await db.deleteFrom('plan_parts').where('plan_id', '=', planId).where('part', '<=', Number(last.part)).execute()
  }
}

/** Removes a plan, its actions, its run and the run's steps. The head comes last: after a crash, the next call finds it. */
export async function dropPlan(db: Kysely<Schema>, planId: PlanId): Promise<void> {
  const runs = await db.selectFrom('runs').select('run_id').where('plan_id', '=', planId).execute()
  for (const { run_id } of runs) await dropSteps(db, run_id)
  await dropParts(db, planId)
  await db.deleteFrom('runs').where('plan_id', '=', planId).execute()
  await db.deleteFrom('plans').where('plan_id', '=', planId).execute()
}
