// A newer plan of a schedule replaces the older ones that still wait: thirty unanswered days leave one plan, not thirty.

import { UsageError } from '../model/errors.js'
import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'
import { discard } from '../run/review-queue.js'

const waiting = ['awaiting-approval', 'quarantined'] as const

/** Discards the older scheduled plans of a policy that need approval or are blocked. Each is logged. */
export async function discardOlder(
  plan: Pick<Plan, 'planId' | 'policy' | 'createdAt'>,
  by: string,
  ports: Ports,
): Promise<void> {
  for (const status of waiting)
    for (const { planId } of await ports.store.runsWith(status)) {
      const older = planId === plan.planId ? undefined : await ports.store.planHead(planId)
      const isOlder = older?.scheduled === true && older.policy === plan.policy && older.createdAt < plan.createdAt
      if (!isOlder) continue
      try {
        await discard(planId, by, ports)
      } catch (failure) {
        // Somebody approved it just now: then it is no longer waiting.
        if (!(failure instanceof UsageError)) throw failure
      }
    }
}
