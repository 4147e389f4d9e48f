// Draft: orders the selected accounts, and counts the excluded ones by reason.

import { newestActivity, statusOf } from '../model/account.js'
import { isPerson } from '../model/person.js'
import { actions } from '../actions/index.js'
import type { Judgement } from './select.js'
import type { Criteria } from './criteria.js'
import { isInFuture } from '../model/plausible-instant.js'
import type { Instant } from '../model/time.js'
import type { Excluded } from '../model/exclusion.js'
import type { ExcludedAccount, PlannedAction } from '../model/plan.js'
import { excludedCounter } from './excluded-counter.js'

export interface Draft {
  readonly actions: readonly PlannedAction[]
  readonly excluded: Excluded
  readonly excludedAccounts?: readonly ExcludedAccount[]
  readonly leftOut?: readonly ExcludedAccount[]
  readonly population: number
}

/** Orders the selected accounts, least active first and then by account id, and counts the excluded ones by reason. */
export async function draft(
  judgements: AsyncIterable<Judgement>,
  {
    action,
    target,
    now = Infinity,
    take = Infinity,
  }: Pick<Criteria, 'action' | 'target'> & { now?: Instant | undefined; take?: number | undefined },
  excluded = excludedCounter(),
): Promise<Draft> {
  const matched: PlannedAction[] = []
  let population = 0
  for await (const judgement of judgements) {
    // A suspended or deactivated account has no access to lose. Counting it would make the percentage look small.
    // Apps are no people: a limit of 5 % is of the people.
    const holds = !actions[action].removesAccess || statusOf(judgement.account) === 'active'
    if (holds && isPerson(judgement.account)) population += 1
    if (!judgement.matched) {
      excluded.add(judgement.because)
      continue
    }
    const { accountId } = judgement.account
    const undo = actions[action].undo(target)
    const newest = newestActivity(judgement.account)
    // A date in the future must not hide the activity between the plan and the change.
    const lastActive = newest === undefined || isInFuture(newest, now) ? null : newest
    matched.push({ accountId, action, target, reason: judgement.because, undo, lastActive })
  }
  matched.sort((a, b) => (a.lastActive ?? 0) - (b.lastActive ?? 0) || (a.accountId < b.accountId ? -1 : 1))
  const chosen = matched.slice(0, take)
  if (chosen.length < matched.length) excluded.add({ code: 'beyond-take', take }, matched.length - chosen.length)
  return { actions: chosen, excluded: excluded.counts(), population }
}
