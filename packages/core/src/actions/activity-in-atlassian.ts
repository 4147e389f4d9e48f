// Activity in all of Atlassian: an action that ends every Atlassian login is judged by it, and not only by the activity
// in the organization.

import { believed, withActivityInAtlassian, type Account } from '../model/account.js'
import type { ActionId } from '../model/action-id.js'
import type { Exclusion } from '../model/exclusion.js'
import { isInFuture } from '../model/plausible-instant.js'
import type { ManagedList } from '../model/snapshot.js'
import type { Instant } from '../model/time.js'
import { actions } from './index.js'

/** True if the action removes access in all of Atlassian, which reaches further than the organization. */
export const actsInAtlassian = (action: ActionId): boolean =>
  actions[action].severity === 'account' && actions[action].removesAccess

/** The account with all activity that counts for the action. */
export const asJudgedFor = (action: ActionId, account: Account): Account =>
  actsInAtlassian(action) ? withActivityInAtlassian(account) : account

/** Says why the list of managed accounts shows no activity of an account. */
function missingBecause(list: ManagedList | undefined): string {
  if (list === undefined) return 'the snapshot was made without it, so sync again'
  return list.unreadable ?? "Atlassian's list of managed accounts does not contain the account"
}

/** Excludes an account whose activity in all of Atlassian counts for the action, and is not known. */
export function unknownInAtlassian(
  action: ActionId,
  { lastActiveInAtlassian: last }: Account,
  list: ManagedList | undefined,
  now: Instant,
): Exclusion | undefined {
  if (!actsInAtlassian(action)) return undefined
  const known = last && believed(last)
  if (known?.kind === 'unknown') return { code: 'activity-in-atlassian-unknown', why: known.why }
  if (known?.kind !== 'at') return { code: 'activity-in-atlassian-unknown', why: missingBecause(list) }
  return isInFuture(known.at, now) ? { code: 'last-active-in-future' } : undefined
}
