// Leaves accounts out of a plan: while it is made, or afterwards. A plan never changes, so leaving accounts out afterwards
// makes a new plan with its own fingerprint, and discards the old one.

import { UsageError } from '../model/errors.js'
import type { Exclusion } from '../model/exclusion.js'
import { counted } from '../model/format-count.js'
import { brandId, type AccountId, type PlanId } from '../model/ids.js'
import type { ExcludedAccount, Plan, PlannedAction } from '../model/plan.js'
import { withFingerprint } from '../model/plan-fingerprint.js'
import type { Ports } from '../ports.js'
import { newestSnapshot } from '../sync/snapshot-reader.js'
import { addCount } from './excluded-counter.js'
import { savePlan } from './save-plan.js'
import type { PlanRequest } from './plan-request.js'
import { freedByNew } from './seats-freed.js'
import type { Judgement } from './select.js'
import { countsByProduct } from './undo.js'

/** How many unknown accounts a message names, and how many accounts an audit entry lists. */
const [namedInMessage, listedInLog] = [5, 1000]

/** Throws for accounts that the requester cannot leave out: most likely somebody mistyped their ids. */
export function requireKnown(wanted: readonly AccountId[], known: ReadonlySet<AccountId>, where: string): void {
  const unknown = wanted.filter((id) => !known.has(id))
  if (unknown.length === 0) return
  const named = unknown.slice(0, namedInMessage).join(', ')
  const more = unknown.length > namedInMessage ? ` and ${unknown.length - namedInMessage} more` : ''
  throw new UsageError(
    `${counted(unknown.length, 'account is', 'accounts are')} not in ${where}: ${named}${more}. Nothing was left out. Check the ids.`,
  )
}

/** Excludes matching accounts that the requester leaves out, and adds each of them to `leftOut`. */
export async function* withoutThose(
  judgements: AsyncIterable<Judgement>,
  { leaveOut = [], by }: Pick<PlanRequest, 'leaveOut' | 'by'>,
  leftOut: ExcludedAccount[],
): AsyncGenerator<Judgement> {
  const ids = new Set(leaveOut)
  const because: Exclusion = { code: 'left-out', by, reason: null }
  for await (const judgement of judgements) {
    const { account, matched } = judgement
    const out = matched && ids.has(account.accountId)
    if (out) leftOut.push({ accountId: account.accountId, reason: because })
    yield out ? { account, matched: false, because, alreadySo: false } : judgement
  }
}

export interface LeaveOutRequest {
  readonly accounts: readonly AccountId[]
  readonly reason: string | null
  readonly by: string
}

/** The seats that the kept actions of an undo need. How many are free stays as the plan found it. */
async function seatsStillNeeded(
  { seats, snapshotId }: Plan,
  kept: readonly PlannedAction[],
  ports: Ports,
): Promise<Pick<Plan, 'seats'>> {
  if (seats === undefined) return {}
  const snapshot = (await ports.store.snapshot(snapshotId)) ?? (await newestSnapshot(ports))
  const counts = countsByProduct(kept, snapshot)
  return {
    seats: seats.flatMap((one) => {
      const place = snapshot.seats.find(({ site, product }) => site === one.site && product === one.product)
      const needed = place === undefined ? Math.min(one.needed, kept.length) : (counts.get(place.ari) ?? 0)
      return needed === 0 ? [] : [{ ...one, needed }]
    }),
  }
}

/** The plan without some of its accounts. Everything else stays as it was decided, also the limits and the protected list. */
export async function planWithout(plan: Plan, { accounts, reason, by }: LeaveOutRequest, ports: Ports): Promise<Plan> {
  const { auditLog, system } = ports
  requireKnown(accounts, new Set(plan.actions.map(({ accountId }) => accountId)), 'this plan')
  const out = new Set(accounts)
  const kept = plan.actions.filter(({ accountId }) => !out.has(accountId))
  if (kept.length === 0) throw new UsageError('That would leave the plan without any account. Discard it instead.')
  const because: Exclusion = { code: 'left-out', by, reason }
  const leftOut: readonly ExcludedAccount[] = [...out].map((accountId) => ({ accountId, reason: because }))
  const { planId: from, fingerprint: _fingerprint, createdAt, frees: _frees, ...content } = plan
  const narrowed = {
    ...content,
    actions: kept,
    ...(await freedByNew({ actions: kept, snapshotId: plan.snapshotId }, ports)),
    ...(await seatsStillNeeded(plan, kept, ports)),
    excluded: addCount(plan.excluded, because, out.size),
    // At least so many: nobody knows which of the accounts were not asked about.
    ...(plan.asked === undefined ? {} : { asked: Math.max(0, plan.asked - out.size) }),
    leftOut: [...(plan.leftOut ?? []), ...leftOut],
    ...(plan.excludedAccounts === undefined ? {} : { excludedAccounts: [...leftOut, ...plan.excludedAccounts] }),
    madeBy: by,
  }
  const planId = brandId<PlanId>(system.newId())
  // A millisecond younger, so that it comes after the old plan in lists: leaving accounts out makes no old plan young.
  const made = await withFingerprint(narrowed, planId, createdAt + 1, system)
  const details = { from, accounts: [...out].slice(0, listedInLog), total: out.size }
  const why = reason === null ? {} : { reason }
  await auditLog.append({ at: system.now(), actor: by, event: 'accounts-left-out', planId, details, ...why })
  return savePlan(made, by, ports)
}
