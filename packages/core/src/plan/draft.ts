// Draft: orders what was selected, and counts what was excluded and why.

import type { ActionId } from '../model/action-id.js'
import { newestActivity, statusOf } from '../model/account.js'
import { actions } from '../actions/index.js'
import type { Judgement } from './select.js'
import type { Target } from '../model/target.js'
import type { PlannedAction, PlanContent, SparedAccount } from '../model/plan.js'

export interface Draft {
  readonly actions: readonly PlannedAction[]
  readonly spared: PlanContent['spared']
  readonly sparedAccounts?: readonly SparedAccount[]
  readonly population: number
}

/** Orders what was selected, least active first and then by account id, and counts who was spared and why. */
export async function draft(
  judgements: AsyncIterable<Judgement>,
  { action, target, take = Infinity }: { action: ActionId; target: Target; take?: number | undefined },
): Promise<Draft> {
  const matched: PlannedAction[] = []
  const byReason = new Map<string, number>()
  const spare = (reason: string, count = 1) => byReason.set(reason, (byReason.get(reason) ?? 0) + count)
  let [looked, population] = [0, 0]
  for await (const judgement of judgements) {
    looked += 1
    // A suspended or deactivated account has nothing left to lose, and must not make a percentage look small.
    if (!actions[action].removesAccess || statusOf(judgement.account) === 'active') population += 1
    if (!judgement.matched) {
      spare(judgement.because)
      continue
    }
    const { accountId } = judgement.account
    const undo = actions[action].undo(target)
    const lastActive = newestActivity(judgement.account) ?? null
    matched.push({ accountId, action, target, reason: judgement.because, undo, lastActive })
  }
  matched.sort((a, b) => (a.lastActive ?? 0) - (b.lastActive ?? 0) || (a.accountId < b.accountId ? -1 : 1))
  const chosen = matched.slice(0, take)
  if (chosen.length < matched.length)
    spare(`beyond the ${take} least active that one run takes`, matched.length - chosen.length)
  return {
    actions: chosen,
    spared: {
      total: looked - chosen.length,
      byReason: Object.fromEntries([...byReason].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    },
    population,
  }
}
