// Draft: orders the selected accounts, and counts the excluded ones by reason.

import { inactiveFrom, lastActiveIn, newestActivity, statusOf, type Account } from '../model/account.js'
import { isPerson } from '../model/person.js'
import { actions } from '../actions/index.js'
import { isInFuture } from '../model/plausible-instant.js'
import type { Instant } from '../model/time.js'
import type { Criteria } from './criteria.js'
import { productJudged, type Judgement } from './select.js'
import type { AccountId } from '../model/ids.js'
import type { Excluded, Exclusion } from '../model/exclusion.js'
import type { ExcludedAccount, PlanContent, PlannedAction } from '../model/plan.js'
import { excludedCounter } from './excluded-counter.js'

/** How many excluded accounts a plan lists. */
export const maxExcludedAccounts = 1000

export interface Draft extends Pick<PlanContent, 'asked' | 'excludedWhenAsked'> {
  readonly actions: readonly PlannedAction[]
  /** The next accounts in the order of activity, which `take` leaves out. */
  readonly beyond?: readonly PlannedAction[]
  readonly excluded: Excluded
  readonly excludedAccounts?: readonly ExcludedAccount[]
  /** The first excluded accounts, which `draft` has seen. */
  readonly named?: readonly ExcludedAccount[]
  readonly leftOut?: readonly ExcludedAccount[]
  readonly population: number
}

interface Ranking extends Pick<Criteria, 'action' | 'target'>, Partial<Pick<Criteria, 'scope' | 'now'>> {
  readonly take?: number | undefined
}

interface Ranked {
  readonly planned: PlannedAction
  /** Since when the account is inactive where the conditions judge; undefined while unknown. */
  readonly rank: Instant | undefined
}

/** Since when an account is inactive where the conditions judge. Who never used anything is inactive since it was added. */
function rankOf(account: Account, product: ReturnType<typeof productJudged>): Instant | undefined {
  const { products, elsewhere, addedAt } = account
  const from = inactiveFrom(lastActiveIn(account, product))
  const never = products.length > 0 && products.every(({ lastActive }) => lastActive.kind === 'never')
  return from ?? (never && elsewhere === undefined ? addedAt : undefined)
}

const leastActiveFirst = (a: Ranked, b: Ranked): number =>
  (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.planned.accountId < b.planned.accountId ? -1 : 1)

/** Orders unknown activity last, without the difference of two infinities. */
const compare = (a: Ranked, b: Ranked): number =>
  a.rank === b.rank ? leastActiveFirst({ ...a, rank: 0 }, { ...b, rank: 0 }) : leastActiveFirst(a, b)

/**
 * Orders the selected accounts and counts the excluded ones by reason. Least active comes first, by the activity that the
 * conditions judge, and then the account id. An account with unknown activity is never within a `take`.
 */
export async function draft(
  judgements: AsyncIterable<Judgement>,
  { action, target, scope = 'organization', now = Infinity, take = Infinity }: Ranking,
  excluded = excludedCounter(),
): Promise<Draft> {
  const matched: Ranked[] = []
  const named: ExcludedAccount[] = []
  const name = (accountId: AccountId, reason: Exclusion) =>
    named.length < maxExcludedAccounts && named.push({ accountId, reason })
  const product = productJudged({ scope, action })
  const undo = actions[action].undo(target)
  let population = 0
  for await (const judgement of judgements) {
    // A suspended or deactivated account has no access to lose. Counting it would make the percentage look small.
    // Apps are no people: a limit of 5 % is of the people.
    const holds = !actions[action].removesAccess || statusOf(judgement.account) === 'active'
    if (holds && isPerson(judgement.account)) population += 1
    if (!judgement.matched) {
      excluded.add(judgement.because)
      name(judgement.account.accountId, judgement.because)
      continue
    }
    const { account } = judgement
    const newest = newestActivity(account)
    // A date in the future must not hide the activity between the plan and the change.
    const lastActive = newest === undefined || isInFuture(newest, now) ? null : newest
    matched.push({
      planned: { accountId: account.accountId, action, target, reason: judgement.because, undo, lastActive },
      rank: rankOf(account, product),
    })
  }
  matched.sort(compare)
  const ranked = take === Infinity ? matched : matched.filter(({ rank }) => rank !== undefined)
  const planned = ranked.map((one) => one.planned)
  const [chosen, beyond] = [planned.slice(0, take), planned.slice(take)]
  if (chosen.length < matched.length) {
    const because: Exclusion = { code: 'beyond-take', take }
    excluded.add(because, matched.length - chosen.length)
    const inPlan = new Set(chosen)
    for (const one of matched) if (!inPlan.has(one.planned)) name(one.planned.accountId, because)
  }
  const drafted = { actions: chosen, excluded: excluded.counts(), named, population }
  return beyond.length > 0 ? { ...drafted, beyond } : drafted
}
