// The head of a plan: everything except its actions, and a summary of the actions.

import {
  headOf,
  planFromStored,
  storedPlan,
  type Plan,
  type PlanHead,
  type PlannedAction,
  type Stored,
} from '@rollcall/core'
import type { Kysely } from 'kysely'
import { fromDocument, toDocument } from './document.js'
import type { Schema } from './schema.js'

/** A plan as its row holds it. The summary is not part of the plan or its fingerprint. */
type Row = Stored<Plan> & { readonly told?: Pick<PlanHead, 'accounts' | 'first'> }

/** Writes a plan without its actions, with the summary. */
export function headDocument(plan: Plan): string {
  const { accounts, first } = headOf(plan)
  const told = { accounts, ...(first === undefined ? {} : { first }) }
  return toDocument({ ...storedPlan(plan), actions: [], told } satisfies Row)
}

/** Reads the plan of a row, with the actions that the row itself holds. */
export function planIn(doc: string): Plan {
  const { told: _told, ...plan } = fromDocument<Row>(doc)
  return planFromStored(plan)
}

/** The first and last part of the actions, for a plan of an earlier version, whose head has no summary. */
async function partsOf(db: Kysely<Schema>, planId: string): Promise<readonly [number, PlannedAction[]][]> {
  const parts = db.selectFrom('plan_parts').select(['part', 'doc']).where('plan_id', '=', planId).limit(1)
  const ends = [await parts.orderBy('part').execute(), await parts.orderBy('part', 'desc').execute()]
  return ends.flat().map(({ part, doc }) => [Number(part), fromDocument<PlannedAction[]>(doc)])
}

/** Reads the head of a plan from its row. */
export async function readHead(db: Kysely<Schema>, doc: string): Promise<PlanHead> {
  const { told, ...stored } = fromDocument<Row>(doc)
  const plan = planFromStored(stored)
  const head = headOf(plan)
  if (told !== undefined) return { ...head, ...told }
  if (head.accounts > 0) return head
  const [first, last] = await partsOf(db, plan.planId)
  if (first === undefined || last === undefined) return head
  // Every part except the last has the same length.
  const accounts = last[0] * first[1].length + last[1].length
  return { ...headOf({ ...plan, actions: first[1] }), accounts }
}
