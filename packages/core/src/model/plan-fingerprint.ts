// The fingerprint of a plan: an approval names it.

import { canonicalJson } from './canonical-json.js'
import type { PlanId } from './ids.js'
import type { Plan, PlanContent } from './plan.js'
import { storedPlan } from './stored-plan.js'
import type { System } from './system.js'
import type { Instant } from './time.js'

/** Computes the digest of everything that an approval covers. Any change to the plan gives another fingerprint. */
export function fingerprintOf(plan: Omit<Plan, 'fingerprint'>, system: Pick<System, 'digest'>): Promise<string> {
  const { fingerprint: _, ...content } = plan as Plan
  return system.digest(canonicalJson(storedPlan(content)))
}

/** Completes a plan: gives it an id, a date and its fingerprint. */
export async function withFingerprint(
  content: PlanContent,
  planId: PlanId,
  createdAt: Instant,
  system: Pick<System, 'digest'>,
): Promise<Plan> {
  const plan = { ...content, planId, createdAt }
  return { ...plan, fingerprint: await fingerprintOf(plan, system) }
}
