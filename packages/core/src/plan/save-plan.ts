// Stores a new plan, after the audit log.

import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'

/** Stores a plan. Logs it first. */
export async function savePlan(plan: Plan, by: string, { store, auditLog, system }: Ports): Promise<Plan> {
  await auditLog.append({
    at: system.now(),
    actor: by,
    event: 'planned',
    planId: plan.planId,
    ...(plan.policy === null ? {} : { subject: plan.policy }),
    details: {
      fingerprint: plan.fingerprint,
      actions: plan.actions.length,
      spared: plan.excluded.total,
      source: plan.source,
    },
  })
  await store.putPlan(plan)
  return plan
}
