// Asks Atlassian about one account what no list shows: its own state, its API tokens, and whether its lifecycle may be
// changed. A plan asks before people see it, and recheck asks again right before the change.

import { actions } from '../actions/index.js'
import type { Account } from '../model/account.js'
import type { ActionId } from '../model/action-id.js'
import type { Exclusion } from '../model/exclusion.js'
import type { AccountId } from '../model/ids.js'
import type { Workspace } from '../model/organization.js'
import { isPlausible } from '../model/plausible-instant.js'
import type { SnapshotHead } from '../model/snapshot.js'
import { day, readingSpan } from '../model/time.js'
import type { Ports } from '../ports.js'
import type { Reading } from './judge-again.js'
import { withEarlierActivity } from '../sync/carry-last-active.js'

/** An API token counts as in use for this long after its last use. */
const tokenUsedFor = 90 * day

/**
 * Reads an account, and adds what only the snapshots show: activity in products that it has lost, and in all of
 * Atlassian.
 */
export async function readAccountNow(
  accountId: AccountId,
  workspaces: readonly Workspace[],
  snapshots: readonly SnapshotHead[],
  { directory, store, system }: Ports,
  onRequest?: () => Promise<void>,
): Promise<Pick<Reading, 'account' | 'from'>> {
  const began = system.now()
  let account = await directory.readAccount(accountId, workspaces, onRequest)
  const from = Math.max(began, system.now() - readingSpan)
  for (const head of snapshots) {
    const earlier = await store.account(head.id, accountId)
    account = withEarlierActivity(account, earlier, head.asOf ?? head.startedAt)
    const { lastActiveInAtlassian, ...organizationOnly } = account
    const listed = earlier === undefined ? lastActiveInAtlassian : earlier.lastActiveInAtlassian
    account = listed === undefined ? organizationOnly : { ...organizationOnly, lastActiveInAtlassian: listed }
  }
  return { account, from }
}

/** Excludes an account whose API tokens are in use: most likely a program uses them. */
async function tokenInUse(action: ActionId, account: Account, ports: Ports): Promise<Exclusion | undefined> {
  if (!actions[action].removesAccess) return undefined
  if (account.claimUnknown === true) return { code: 'tokens-unknown' }
  if (!account.managed) return undefined
  const usedAt = await ports.directory.tokenUsedAt(account.accountId)
  if (usedAt === 'unknown' || (usedAt !== undefined && !isPlausible(usedAt, ports.system.now())))
    return { code: 'tokens-unreadable' }
  if (usedAt === undefined || usedAt < ports.system.now() - tokenUsedFor) return undefined
  return { code: 'token-in-use', usedAt }
}

/** True if only Atlassian can say whether the change is allowed. What gives back what Rollcall took asks for no owner. */
function asksLifecycle(action: ActionId, { sourceUnknown }: Account, undoes: boolean): boolean {
  const { asksLifecycle: always, ownedBySource, removesAccess } = actions[action]
  return always || (ownedBySource && sourceUnknown === true && (removesAccess || !undoes))
}

/** Asks what only Atlassian knows, and finds why that excludes the account. `undoes`: the action is part of an undo. */
export async function excludedByAtlassian(
  action: ActionId,
  account: Account,
  undoes: boolean,
  ports: Ports,
): Promise<Exclusion | undefined> {
  const exclusion = await tokenInUse(action, account, ports)
  if (exclusion !== undefined || !asksLifecycle(action, account, undoes)) return exclusion
  const { allowed, reason } = await ports.directory.lifecycle(account.accountId)
  if (!allowed && account.sourceUnknown === true && reason === 'externalDirectory')
    return { code: 'owned-by-identity-provider' }
  return allowed ? undefined : { code: 'lifecycle-not-allowed', why: reason ?? null }
}
