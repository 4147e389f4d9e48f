// Vetoes: a person restored access that Rollcall had removed. Rollcall excludes the account for some time; after the
// second restore, until a person ends the exemption.

import type { Account } from '../model/account.js'
import { actions } from '../actions/index.js'
import { isApplied, resourceOf, type Change } from '../model/change.js'
import type { Exclusion } from '../model/exclusion.js'
import { DirectoryError } from '../model/errors.js'
import type { AccountId, SnapshotId } from '../model/ids.js'
import type { Ports } from '../ports.js'
import { hasEnded, stepsByAccount, type Step } from '../model/step.js'
import { day, minute, type Instant } from '../model/time.js'
import type { Snapshot } from '../model/snapshot.js'
import type { Veto } from '../model/veto.js'
import { readLimits } from '../policy/organization-limits.js'

/** After this many restores, the exemption does not end by itself. */
const lastTime = 2
/**
 * True if a read shows that somebody reversed a change. A row of a list has no directories: that it is active proves
 * something only in an organization with one directory, since the account may have joined another one.
 */
const isReversed = (change: Change, account: Account, several: boolean): boolean =>
  change.kind === 'suspend' && account.directories === undefined
    ? !several && account.membershipStatus === 'active'
    : isApplied(change, account) === false

/**
 * True if a step may have changed the account. A step that restores and ended unknown hides no earlier step: a person
 * wanted the restore, whether Atlassian applied it or not.
 */
const mayHaveChanged = ({ state, action }: Step): boolean =>
  state === 'applied' || state === 'sent' || (state === 'unknown' && actions[action].removesAccess)

/**
 * Finds the newest step that somebody else reversed: it removed something that the account has again, and no later step
 * was about the same resource. A step that ended unknown may have removed it. `steps` are all steps of the account,
 * newest first; `readAt` is when the read began; `several` says that the organization has several directories.
 */
export function reversedStep(
  steps: readonly Step[],
  account: Account,
  readAt: Instant,
  now: Instant,
  several = true,
): Step | undefined {
  const decided = new Set<string>()
  for (const step of steps.filter(mayHaveChanged)) {
    const newest = step.changes.filter((change) => !decided.has(resourceOf(change)))
    for (const change of newest) decided.add(resourceOf(change))
    if (!hasEnded(step) || !actions[step.action].removesAccess) continue
    const { endedAt = Infinity } = step
    // An end in the future comes from a wrong clock. It must not hide a restore by a person.
    const ended = endedAt <= readAt || (endedAt !== Infinity && endedAt > now + minute)
    if (ended && newest.some((change) => isReversed(change, account, several))) return step
  }
  return undefined
}

/** Whose account was read, and whether the organization has several directories. */
interface Seen {
  readonly account: Account
  readonly several?: boolean
}

/** What a read shows to be given back of a step's changes. */
const reversedResources = ({ changes }: Step, { account, several = true }: Seen): readonly string[] =>
  changes.filter((change) => isReversed(change, account, several)).map(resourceOf)

/** Excludes an account while another run does not know yet whether Atlassian applied its change. */
export function unsettledBecause(steps: readonly Step[]): Exclusion | undefined {
  const step = steps.find(mayHaveChanged)
  return step?.state === 'sent' ? { code: 'earlier-change-open', runId: step.runId } : undefined
}

/** What a veto says about its step; absent for a restore through Rollcall. */
type Resources = Pick<Veto, 'resources'>

/** Stores a veto, at most one per run, which collects what was given back. With `against`, it counts as a restore; the second one does not end by itself. */
async function storeVeto(
  step: Pick<Step, 'accountId' | 'action' | 'runId'>,
  days: number,
  against: boolean,
  { resources }: Resources,
  ports: Ports,
): Promise<void> {
  const { store, auditLog, system } = ports
  const { accountId, action, runId } = step
  const earlier = await store.veto(accountId)
  const known = new Set(earlier?.resources)
  if (earlier?.runId === runId) {
    // The person gave back another part of the same step. It is still one restore.
    if (earlier.resources === undefined || (resources ?? []).every((one) => known.has(one))) return
    return store.putVeto({ ...earlier, resources: [...new Set([...known, ...(resources ?? [])])] })
  }
  const times = (earlier?.times ?? 0) + (against ? 1 : 0)
  const since = system.now()
  const until = times < lastTime ? since + days * day : undefined
  const event = against ? 'restored-by-person' : 'left-alone'
  const fact = { runId, subject: accountId, action }
  await auditLog.append({ ...fact, event, at: since, actor: 'rollcall', details: { times, until: until ?? null } })
  await store.putVeto({
    accountId,
    action,
    runId,
    since,
    until,
    times,
    ...(resources === undefined ? {} : { resources }),
  })
}

/** Stores a veto: a person restored at Atlassian what a step had removed. A step that ended unknown does not count. */
export const vetoReversed = (step: Step, seen: Seen, days: number, ports: Ports): Promise<void> =>
  storeVeto(step, days, step.state === 'applied', { resources: reversedResources(step, seen) }, ports)

/** Stores a veto: a person restored or granted access through Rollcall, so no policy removes it again soon. */
export const vetoByHand = (
  step: Pick<Step, 'accountId' | 'action' | 'runId'>,
  days: number,
  ports: Ports,
): Promise<void> => storeVeto(step, days, false, {}, ports)

/** True if a row of a list may hide a restore in one of several directories: only a read of the account shows it. */
const needsRead = (steps: readonly Step[], { membershipStatus, directories }: Account): boolean =>
  directories === undefined &&
  membershipStatus === 'active' &&
  steps.filter(mayHaveChanged).some(({ changes }) => changes.some(({ kind }) => kind === 'suspend'))

/** Reads an account with its directories. Without a response, Rollcall says nothing about it. */
const withDirectories = (account: Account, { seats }: Snapshot, { directory }: Ports): Promise<Account> =>
  directory.readAccount(account.accountId, seats).catch((failure: unknown) => {
    if (failure instanceof DirectoryError) return account
    throw failure
  })

/** How many accounts to read at once. */
const atOnce = 500

/** Reads accounts of a snapshot, each with all its steps, the newest first. Leaves out accounts that the snapshot lacks. */
async function* withSteps(id: SnapshotId, accountIds: readonly AccountId[], { store }: Ports) {
  for (let start = 0; start < accountIds.length; start += atOnce) {
    const accounts = await store.someAccounts(id, accountIds.slice(start, start + atOnce))
    const steps = stepsByAccount(await store.stepsOfSome(accounts.map(({ accountId }) => accountId)))
    for (const account of accounts) yield { account, steps: steps.get(account.accountId) ?? [] }
  }
}

/** Finds, after a sync, accounts of recent steps whose access people have restored, and stores their vetoes. */
export async function findReversed(snapshot: Snapshot, ports: Ports): Promise<void> {
  const { store, system } = ports
  const { id, startedAt: readAt } = snapshot
  const { veto } = await readLimits(ports)
  const several = snapshot.directories.length > 1
  const changed = new Set((await store.stepsSince(readAt - veto * day)).map(({ accountId }) => accountId))
  for await (const { account: listed, steps } of withSteps(id, [...changed], ports)) {
    const account = several && needsRead(steps, listed) ? await withDirectories(listed, snapshot, ports) : listed
    const step = reversedStep(steps, account, readAt, system.now(), several)
    if (step !== undefined) await vetoReversed(step, { account, several }, veto, ports)
  }
}
