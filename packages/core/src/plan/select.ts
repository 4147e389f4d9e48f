// Select: decides for each account in the scope whether the plan changes or excludes it, and why. Pure and streaming: it
// holds one account at a time.

import { actions } from '../actions/index.js'
import { asJudgedFor, unknownInAtlassian } from '../actions/activity-in-atlassian.js'
import { populationOf } from '../actions/population.js'
import { statusOf, type Account } from '../model/account.js'
import { paidSeatsOf } from '../model/paid-seat.js'
import type { Exclusion } from '../model/exclusion.js'
import { judge } from '../policy/judge.js'
import { match, type Verdict } from '../conditions/condition.js'
import { protectedBy } from '../model/protection.js'
import { vetoedBecause } from '../model/veto.js'
import type { Criteria } from './criteria.js'

/** The decision about an account; `alreadySo`: it is already in the state that the action would bring about. */
export type Judgement =
  | { readonly account: Account; readonly matched: true; readonly because: string }
  | { readonly account: Account; readonly matched: false; readonly because: Exclusion; readonly alreadySo: boolean }

/**
 * True if an account belongs to the population, against which the limits are measured. For an action that removes access
 * from a product, these are the accounts with a paid seat, and those whose status is unknown, which it excludes; for others, also those
 * that are suspended or deactivated.
 */
export function inScope(account: Account, criteria: Pick<Criteria, 'scope' | 'action'>): boolean {
  const population = populationOf(criteria)
  if (population === 'organization') return true
  const mayHold = statusOf(account) === 'unknown' || !actions[criteria.action].removesAccess
  const held = mayHold ? account.products : paidSeatsOf(account)
  return held.some(({ site, product }) => site === population.site && product === population.product)
}

/** True if an action removes more from the account than the product of the scope, judged by the groups of the account. */
function removesMoreThanScope({ groups: accountGroups }: Account, { action, target, groups }: Criteria): boolean {
  if (!actions[action].removesAccess) return false
  if (actions[action].severity !== 'product') return true
  const affected = groups.filter(({ id }) => accountGroups.some((one) => one.id === id))
  return affected.some(({ grants, alsoGrants = [] }) =>
    [...grants, ...alsoGrants].some((ari) => ari !== target.workspace),
  )
}

/** The product whose use the conditions judge; undefined for all products. */
export function productJudged(criteria: Pick<Criteria, 'scope' | 'action'>) {
  const population = populationOf(criteria)
  return population === 'organization' ? undefined : population
}

function conditionsOf(account: Account, criteria: Criteria): Verdict {
  const { conditions, now, unknownTime, groupIds } = criteria
  const around = groupIds === undefined ? { now, unknownTime } : { now, unknownTime, groupIds }
  if (conditions === undefined) return match('picked one by one')
  const product = productJudged(criteria)
  const verdict = judge(conditions, account, { ...around, scope: product })
  if (verdict.kind !== 'match' || product === undefined || !removesMoreThanScope(account, criteria)) return verdict
  // An action that also removes other products needs inactivity in all products, not only in the one of the scope.
  const anywhere = judge(conditions, account, { ...around, scope: undefined })
  if (anywhere.kind === 'match') return verdict
  return { kind: anywhere.kind, because: { code: 'other-products', reason: anywhere.because } }
}

/** Judges one account: protection, requester and exemption, then the conditions, then the preconditions of the action. */
export function consider(listed: Account, criteria: Criteria): Judgement {
  const account = asJudgedFor(criteria.action, listed)
  const exclude = (because: Exclusion, alreadySo = false): Judgement => ({
    account,
    matched: false,
    because,
    alreadySo,
  })
  const protection = protectedBy(account, criteria.protections, criteria.now)
  if (protection !== undefined) return exclude(protection)
  if (criteria.requesters.includes(account.accountId)) return exclude({ code: 'requester' })
  const veto = criteria.vetoes.find(({ accountId }) => accountId === account.accountId)
  const vetoed = actions[criteria.action].removesAccess ? vetoedBecause(veto, criteria.now) : undefined
  if (vetoed !== undefined) return exclude(vetoed)
  if (criteria.unknownTime !== undefined && actions[criteria.action].removesAccess) return exclude(criteria.unknownTime)
  const verdict = conditionsOf(account, criteria)
  if (verdict.kind !== 'match') return exclude(verdict.because)
  const { action, target, groups, severalDirectories } = criteria
  const failed = actions[action].precondition(account, target, groups, severalDirectories)
  if (failed !== undefined) return exclude(failed.because, failed.kind === 'already-so')
  const unknown = unknownInAtlassian(action, account, criteria.managedList, criteria.now)
  return unknown === undefined ? { account, matched: true, because: verdict.because } : exclude(unknown)
}

/** Judges a stream of accounts, and leaves out those outside the scope. */
export async function* select(accounts: AsyncIterable<Account>, criteria: Criteria): AsyncGenerator<Judgement> {
  for await (const account of accounts) if (inScope(account, criteria)) yield consider(account, criteria)
}
