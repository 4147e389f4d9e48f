// Asks Atlassian about each account of a new plan, so that people approve no account that its run would skip. A failed
// call leaves its account unasked: the run asks again in any case, right before the change.

import { actions } from '../actions/index.js'
import { asJudgedFor } from '../actions/activity-in-atlassian.js'
import { DirectoryError } from '../model/errors.js'
import type { Exclusion } from '../model/exclusion.js'
import type { ExcludedAccount, PlannedAction } from '../model/plan.js'
import type { Snapshot } from '../model/snapshot.js'
import { isUsedUp, Unfinished, type TimeSlice } from '../model/time-slice.js'
import type { Ports } from '../ports.js'
import { excludedByAtlassian, readAccountNow } from './ask-account.js'
import type { Criteria } from './criteria.js'
import { maxExcludedAccounts, type Draft } from './draft.js'
import { addCount } from './excluded-counter.js'
import { judgeAgain, type PlanRules } from './judge-again.js'

/**
 * Rollcall asks about at most this many accounts for one plan, and about none of a larger plan. It takes three requests to
 * read an account, one for the tokens of a managed one, and one for its lifecycle where the action needs that.
 */
export const mostAsked = 200
/** After this many failures in a row, it asks no more: an unavailable Atlassian costs half a minute for each. */
const mostFailures = 3

export interface AskProgress {
  readonly asked: number
  readonly accounts: number
}

export interface Asking {
  /** Once it is used up, the other accounts stay unasked. */
  readonly slice?: TimeSlice | undefined
  readonly onProgress?: ((progress: AskProgress) => void) | undefined
}

export interface AskContext {
  readonly criteria: Criteria
  readonly snapshot: Snapshot
  readonly vetoDays: number
  readonly asking: Asking
  readonly ports: Ports
}

/** True if the run of a plan may skip accounts for something that no snapshot shows. */
const needsAsking = ({ action, severalDirectories }: Criteria): boolean =>
  actions[action].removesAccess || severalDirectories === true

/** Atlassian's response about an account: it may stay, it is excluded, or there was no response. */
type Answer = 'stays' | 'failed' | 'used-up' | Exclusion

function asker({ criteria, snapshot, vetoDays, ports }: AskContext): (planned: PlannedAction) => Promise<Answer> {
  const { vetoes: _, severalDirectories: __, ...current } = criteria
  const { directory, system } = ports
  const rules: PlanRules = {
    snapshotId: snapshot.id,
    vetoDays,
    criteria: () => Promise.resolve({ ...current, vetoes: [], now: system.now() }),
  }
  let keyWorks = false
  async function failed(failure: unknown): Promise<Answer> {
    if (failure instanceof Unfinished) return 'used-up'
    if (!(failure instanceof DirectoryError)) throw failure
    if (failure.code === 'not-found') return { code: 'no-longer-in-organization' }
    if (failure.code === 'unauthorized') throw failure
    if (failure.code !== 'forbidden' || keyWorks) return 'failed'
    // Once for the whole plan: a key that reads accounts may lack the right to read tokens.
    keyWorks = await directory.tryKey('accounts').then(
      () => true,
      () => false,
    )
    if (!keyWorks) throw failure
    return 'failed'
  }
  return async (planned) => {
    try {
      const at = system.now()
      const { account: read } = await readAccountNow(planned.accountId, snapshot.seats, [snapshot], ports)
      const account = asJudgedFor(planned.action, read)
      const exclusion = await judgeAgain(planned, { account, at }, rules, ports)
      return exclusion ?? (await excludedByAtlassian(planned.action, account, false, ports)) ?? 'stays'
    } catch (failure) {
      return failed(failure)
    }
  }
}

/** Asks about accounts in the order of their rank, until `wanted` of them stay or the bound is reached. */
async function askInOrder(ranked: readonly PlannedAction[], wanted: number, context: AskContext) {
  const { asking, ports } = context
  const { slice = { until: Infinity }, onProgress } = asking
  const ask = asker(context)
  const stay: PlannedAction[] = []
  const out: ExcludedAccount[] = []
  let [looked, asked, failures] = [0, 0, 0]
  for (; looked < Math.min(ranked.length, mostAsked) && stay.length < wanted; looked += 1) {
    const planned = ranked[looked]
    if (planned === undefined || failures >= mostFailures || isUsedUp(slice, ports)) break
    // The next tick makes the whole plan.
    if ((await slice.yields?.()) === true) throw new Unfinished()
    const answer = await ask(planned)
    if (answer === 'used-up') break
    failures = answer === 'failed' ? failures + 1 : 0
    if (typeof answer === 'object') out.push({ accountId: planned.accountId, reason: answer })
    else stay.push(planned)
    if (answer === 'stays') asked += 1
    onProgress?.({ asked: looked + 1, accounts: wanted + out.length })
  }
  const unasked = ranked.slice(looked, looked + wanted - stay.length)
  return { actions: [...stay, ...unasked], out, asked }
}

/** The excluded accounts after asking: with those that Atlassian's answers excluded, without those that filled a `take`. */
function listedAfter(
  out: readonly ExcludedAccount[],
  listed: readonly ExcludedAccount[],
  planned: readonly PlannedAction[],
): readonly ExcludedAccount[] {
  const gone = new Set([...out, ...planned].map(({ accountId }) => accountId))
  return [...out, ...listed.filter(({ accountId }) => !gone.has(accountId))].slice(0, maxExcludedAccounts)
}

/** Asks Atlassian about the accounts of a draft, excludes some of them, and fills a `take` with the next in the ranking. */
export async function askPlanned<Drafted extends Draft>(
  drafted: Drafted,
  context: AskContext,
): Promise<Omit<Drafted, 'beyond'>> {
  const { beyond = [], ...draft } = drafted
  if (draft.actions.length === 0 || !needsAsking(context.criteria)) return draft
  const wanted = draft.actions.length
  if (wanted > mostAsked) return { ...draft, asked: 0 }
  const { actions: planned, out, asked } = await askInOrder([...draft.actions, ...beyond], wanted, context)
  let excluded = draft.excluded
  for (const { reason } of out) excluded = addCount(excluded, reason, 1)
  if (beyond.length > 0) {
    const filled = planned.length + out.length - wanted
    excluded = addCount(excluded, { code: 'beyond-take', take: wanted }, -filled)
  }
  const { excludedAccounts } = draft
  const listed = excludedAccounts === undefined ? {} : { excludedAccounts: listedAfter(out, excludedAccounts, planned) }
  const excludedWhenAsked = out.length === 0 ? {} : { excludedWhenAsked: out }
  return { ...draft, actions: planned, excluded, asked, ...listed, ...excludedWhenAsked }
}
