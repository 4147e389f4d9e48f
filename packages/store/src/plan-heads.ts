// The head of a plan: everything but its actions, which stand beside it, and what the head tells of them.

import { headOf, type Plan, type PlanHead, type PlannedAction } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { fromDocument, toDocument } from './document.js'
import type { Schema } from './schema.js'

/** A plan as its row holds it; what tells of the actions is no part of the plan, nor of its fingerprint. */
type Stored = Plan & { readonly told?: Pick<PlanHead, 'accounts' | 'first'> }

/** Writes a plan without its actions, and tells of them. */
export function headDocument(plan: Plan): string {
  const { accounts, first } = headOf(plan)
  const told = { accounts, ...(first === undefined ? {} : { first }) }
  return toDocument({ ...plan, actions: [], told } satisfies Stored)
}

/** The plan in a row, as it was made, with those of its actions that stand in the row itself. */
export function planIn(doc: string): Plan {
  const { told: _told, ...plan } = fromDocument<Stored>(doc)
  return plan
}

/** Actions of a plan whose head tells nothing of them, since an earlier version wrote it: its first and its last part. */
async function partsOf(db: Kysely<Schema>, planId: string): Promise<readonly [number, PlannedAction[]][]> {
  const parts = db.selectFrom('plan_parts').select(['part', 'doc']).where('plan_id', '=', planId).limit(1)
  const ends = [await parts.orderBy('part').execute(), await parts.orderBy('part', 'desc').execute()]
  return ends.flat().map(({ part, doc }) => [Number(part), fromDocument<PlannedAction[]>(doc)])
}

/** Reads the head of a plan from its row. */
export async function readHead(db: Kysely<Schema>, doc: string): Promise<PlanHead> {
  const { told, ...plan } = fromDocument<Stored>(doc)
  const head = headOf(plan)
  if (told !== undefined) return { ...head, ...told }
  if (head.accounts > 0) return head
  const [first, last] = await partsOf(db, plan.planId)
  if (first === undefined || last === undefined) return head
  // Every part but the last is as long as the first.
  const accounts = last[0] * first[1].length + last[1].length
  return { ...headOf({ ...plan, actions: first[1] }), accounts }
}
