// What Atlassian does not report, or not readably, for many accounts: one sentence each, with what to do.

import { counted, formatCount } from '../model/format-count.js'
import type { SnapshotHead } from '../model/snapshot.js'

/** From this part of the people on, the organization is meant, not single accounts. */
const most = 0.5

const joining = (accounts: number): string =>
  `Atlassian does not report when accounts joined this organization, so ${counted(accounts, 'account is', 'accounts are')} excluded. ` +
  'Organizations with the original user management do not have this date. Change to the centralized user management, or pick the accounts one by one.'

/** Says that the joining dates of most people are unknown; undefined when they are known. */
export function joiningNote(snapshot: SnapshotHead | undefined, excluded?: number): string | undefined {
  const { people = 0, joinedUnknown = 0 } = snapshot ?? {}
  if (joinedUnknown === 0 || joinedUnknown < people * most) return undefined
  return excluded === 0 ? undefined : joining(excluded ?? joinedUnknown)
}

/** Says how many accounts of a snapshot could not be read in part. */
function unreadableNote(unreadableAccounts = 0): string | undefined {
  if (unreadableAccounts === 0) return undefined
  const what = counted(unreadableAccounts, 'account', 'accounts')
  return `Atlassian sent data about ${what} that Rollcall cannot read, so it changes none of them. Sync again; if it stays, look at these accounts at admin.atlassian.com.`
}

/** Says that Atlassian's count of the accounts differs from its list for good. */
function countNote({ countDiffers = 0, accounts, expected }: SnapshotHead): string | undefined {
  if (countDiffers === 0) return undefined
  return `Atlassian counts ${formatCount(expected)} accounts and lists ${formatCount(accounts)}, with the same difference in each of the last syncs, so Rollcall relies on the list.`
}

/** What the newest snapshot does not know about many accounts. */
export const unknownData = (snapshot: SnapshotHead | undefined): readonly string[] =>
  [joiningNote(snapshot), unreadableNote(snapshot?.unreadableAccounts), snapshot && countNote(snapshot)].filter(
    (note) => note !== undefined,
  )
