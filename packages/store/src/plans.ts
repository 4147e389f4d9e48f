// Plans: stored once, never changed. Actions are stored apart, in parts, since a plan can have tens of thousands.

import type { Plan, PlanHead, PlannedAction, Store } from '@rollcall/core'
import { sql, type Kysely } from 'kysely'
import { dialectOf } from './dialect.js'
import { fromDocument, toDocument } from './document.js'
import { behind, cut } from './newest-first.js'
import { headDocument, planIn, readHead } from './plan-heads.js'
import { inPieces } from './pieces.js'
import { dropPlan } from './drop-plan.js'
import type { PlanPartRow, Schema } from './schema.js'
import { insertOnce } from './upsert.js'

// A part is no larger than rows of other tables, so that all tables are read in the same way.
const actionsPerPart = 10

const partsOf = ({ planId, actions }: Plan): readonly PlanPartRow[] =>
  Array.from({ length: Math.ceil(actions.length / actionsPerPart) }, (_, part) => ({
    plan_id: planId,
    part,
    doc: toDocument(actions.slice(part * actionsPerPart, (part + 1) * actionsPerPart)),
  }))

/** Joins plans with their actions. A plan of an earlier version holds its actions itself and has no parts. */
async function whole(db: Kysely<Schema>, rows: readonly { readonly doc: string }[]): Promise<readonly Plan[]> {
  if (rows.length === 0) return []
  const heads = rows.map(({ doc }) => planIn(doc))
  const ids = heads.map(({ planId }) => planId)
  const parts = await inPieces(db, Infinity, (size, last: PlanPartRow | undefined) => {
    const page = db.selectFrom('plan_parts').selectAll().where('plan_id', 'in', ids).limit(size)
    const rest = last && dialectOf(db).after(sql.ref('plan_id'), sql.ref('part'), last.plan_id, last.part)
    return (rest === undefined ? page : page.where(rest)).orderBy('plan_id').orderBy('part').execute()
  })
  const beside = new Map<string, PlannedAction[]>(ids.map((id) => [id, []]))
  for (const { plan_id, doc } of parts) beside.get(plan_id)?.push(...fromDocument<PlannedAction[]>(doc))
  return heads.map((plan) => ({ ...plan, actions: [...plan.actions, ...(beside.get(plan.planId) ?? [])] }))
}

/** The store's methods for plans. */
export function planMethods(
  db: Kysely<Schema>,
): Pick<Store, 'putPlan' | 'plan' | 'plans' | 'planHead' | 'listPlans' | 'plansBefore' | 'dropPlan'> {
  const rowOf = (id: string) => db.selectFrom('plans').select('doc').where('plan_id', '=', id).executeTakeFirst()
  const newestFirst = db.selectFrom('plans').select('doc').orderBy('created_at', 'desc').orderBy('plan_id', 'desc')
  return {
    async putPlan(plan) {
      const { planId, createdAt } = plan
      if ((await rowOf(planId)) !== undefined) return
      // The head comes last. It makes the plan exist, so that nobody reads half a plan.
      await insertOnce(db, 'plan_parts', partsOf(plan))
      await insertOnce(db, 'plans', [{ plan_id: planId, created_at: createdAt, doc: headDocument(plan) }])
    },
    async plan(id) {
      const row = await rowOf(id)
      return row && (await whole(db, [row]))[0]
    },
    plans: async (limit) => whole(db, await newestFirst.limit(limit).execute()),
    async planHead(id) {
      const row = await rowOf(id)
      return row && readHead(db, row.doc)
    },
    async plansBefore(at, limit, after) {
      const old = db.selectFrom('plans').select('doc').where('created_at', '<', at)
      const rest =
        after && dialectOf(db).after(sql.ref('created_at'), sql.ref('plan_id'), after.createdAt, after.planId)
      const page = rest === undefined ? old : old.where(rest)
      const rows = await page.orderBy('created_at').orderBy('plan_id').limit(limit).execute()
      const heads: PlanHead[] = []
      for (const { doc } of rows) heads.push(await readHead(db, doc))
      return heads
    },
    dropPlan: (id) => dropPlan(db, id),
    async listPlans(page) {
      const from = behind(page, ['created_at', 'plan_id'], dialectOf(db))
      const select = from === undefined ? newestFirst : newestFirst.where(from)
      const rows = await select.limit(page.limit + 1).execute()
      const heads: PlanHead[] = []
      for (const { doc } of rows) heads.push(await readHead(db, doc))
      const { shown, ...rest } = cut(heads, page, ({ createdAt, planId }) => [createdAt, planId])
      return { plans: shown, ...rest }
    },
  }
}
