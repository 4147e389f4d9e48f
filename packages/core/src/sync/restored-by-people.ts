// Veto: a person gave back what we had taken from an account. It is left alone for a while; after the second time
// against us, until a person lifts the veto: whatever we take there does not last.

import type { Account } from '../model/account.js'
import { actions } from '../actions/index.js'
import { isApplied, resourceOf, type Change } from '../model/change.js'
import type { Exclusion } from '../model/exclusion.js'
import type { AccountId, SnapshotId } from '../model/ids.js'
import type { Ports } from '../ports.js'
import { hasEnded, type Step } from '../model/step.js'
import { day, minute, type Instant } from '../model/time.js'
import { readLimits } from '../policy/organization-limits.js'

/** So often may an account be restored before it is left alone for good. */
const lastTime = 2
/** Says whether a reading shows a change taken back; a reading of a whole list knows no directories. */
const takenBack = (change: Change, account: Account): boolean =>
  change.kind === 'suspend' && account.directories === undefined
    ? account.membershipStatus === 'active'
    : isApplied(change, account) === false

/**
 * Says whether a step may have changed something. One that was to give back and ended unknown hides none before it: a
 * person wanted it, whether it arrived or not.
 */
const mayHaveChanged = ({ state, action }: Step): boolean =>
  state === 'applied' || state === 'sent' || (state === 'unknown' && actions[action].removesAccess)

/**
 * Finds the step of ours that somebody else has reversed: the newest that took something which the account has again,
 * and of which no later step of ours was about. One that ended unknown may have taken it. `steps` are all of the
 * account, newest first; `readAt` is when the reading began.
 */
export function reversedStep(
  steps: readonly Step[],
  account: Account,
  readAt: Instant,
  now: Instant,
): Step | undefined {
  const decided = new Set<string>()
  for (const step of steps.filter(mayHaveChanged)) {
    const newest = step.changes.filter((change) => !decided.has(resourceOf(change)))
    for (const change of newest) decided.add(resourceOf(change))
    if (!hasEnded(step) || !actions[step.action].removesAccess) continue
    const { endedAt = Infinity } = step
    // An end that lies ahead was told by a wrong clock: it hides no person's doing from us.
    const ended = endedAt <= readAt || (endedAt !== Infinity && endedAt > now + minute)
    if (ended && newest.some((change) => takenBack(change, account))) return step
  }
  return undefined
}

/** Excludes an account while another run has yet to find out whether its change arrived. */
export function unsettledBecause(steps: readonly Step[]): Exclusion | undefined {
  const step = steps.find(mayHaveChanged)
  return step?.state === 'sent' ? { code: 'earlier-change-open', runId: step.runId } : undefined
}

/** Records a veto; one run makes one. `against` our will it counts, and the second one does not end by itself. */
async function record(
  step: Pick<Step, 'accountId' | 'action' | 'runId'>,
  days: number,
  against: boolean,
  ports: Ports,
): Promise<void> {
  const { store, auditLog, system } = ports
  const { accountId, action, runId } = step
  const earlier = (await store.vetoes()).find((one) => one.accountId === accountId)
  if (earlier?.runId === runId) return
  const times = (earlier?.times ?? 0) + (against ? 1 : 0)
  const since = system.now()
  const until = times < lastTime ? since + days * day : undefined
  const fact = { event: against ? 'restored-by-person' : 'left-alone', runId, subject: accountId, action }
  await auditLog.append({ ...fact, at: since, actor: 'rollcall', details: { times, until: until ?? null } })
  await store.putVeto({ accountId, action, runId, since, until, times })
}

/** Records that a person restored, at Atlassian, what a step of ours had taken; after an unknown end, perhaps. */
export const vetoReversed = (step: Step, days: number, ports: Ports): Promise<void> =>
  record(step, days, step.state === 'applied', ports)

/** Records that a person gave something back or granted it through Rollcall: no policy takes it again at once. */
export const vetoByHand = (
  step: Pick<Step, 'accountId' | 'action' | 'runId'>,
  days: number,
  ports: Ports,
): Promise<void> => record(step, days, false, ports)

/** Finds, after a sync, whom people have restored since we took something: accounts of the store's newest steps. */
export async function findReversed(snapshotId: SnapshotId, readAt: Instant, ports: Ports): Promise<void> {
  const { store, system } = ports
  const { veto } = await readLimits(ports)
  const looked = new Set<AccountId>()
  for (const { accountId } of await store.stepsSince(readAt - veto * day)) {
    if (looked.has(accountId)) continue
    looked.add(accountId)
    const account = await store.account(snapshotId, accountId)
    const step = account && reversedStep(await store.stepsOf(accountId), account, readAt, system.now())
    if (step !== undefined) await vetoReversed(step, veto, ports)
  }
}
