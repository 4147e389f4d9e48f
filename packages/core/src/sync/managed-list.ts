// Reads the list of managed accounts after all accounts, and adds to each its last activity in all of Atlassian. It
// continues after its last portion, like the pages of accounts. Where the list is unreadable, the activity stays unknown.

import { latestPossible, type ActivityInAtlassian, type LastActive } from '../model/account.js'
import { DirectoryError } from '../model/errors.js'
import type { AccountId } from '../model/ids.js'
import type { ManagedList, Snapshot } from '../model/snapshot.js'
import { isUsedUp, Unfinished, type TimeSlice } from '../model/time-slice.js'
import type { Ports } from '../ports.js'
import { createProgress } from './progress.js'

/** Rollcall stores this many accounts at once, with the cursor that continues after them. */
const portion = 1000
/** After this many portions in one time slice, the work after the list has its own. */
const portionsAndRest = 25
/** A list that is longer than this many times the accounts of the snapshot does not end. */
const longest = 3

/** True once Rollcall has read the list, or found it unreadable. */
const isManagedListRead = ({ managedList }: Pick<Snapshot, 'managedList'>): boolean =>
  managedList !== undefined && managedList.cursor === undefined

/** The later of two entries of one account. Unknown stays unknown. */
function newer(one: LastActive | undefined, other: LastActive): LastActive {
  if (one === undefined || other.kind === 'unknown') return other
  return one.kind === 'unknown' || latestPossible(one) > latestPossible(other) ? one : other
}

/** Adds a portion of the list to the accounts of the snapshot; leaves out accounts that the snapshot lacks. */
async function join(snapshot: Snapshot, listed: readonly ActivityInAtlassian[], { store }: Ports): Promise<void> {
  const activity = new Map<AccountId, LastActive>()
  for (const { accountId, lastActive } of listed) activity.set(accountId, newer(activity.get(accountId), lastActive))
  const stored = await store.someAccounts(snapshot.id, [...activity.keys()])
  const joined = stored.flatMap((account) => {
    const last = activity.get(account.accountId)
    return last === undefined ? [] : [{ ...account, lastActiveInAtlassian: newer(account.lastActiveInAtlassian, last) }]
  })
  await store.putAccounts(snapshot.id, joined)
}

/** Says why the list is unreadable; undefined when reading it again later may succeed. */
function unreadableBecause(failure: unknown): string | undefined {
  if (!(failure instanceof DirectoryError)) return undefined
  const { code, message } = failure
  // A revoked key also fails everything that sync reads after this list.
  if (code === 'forbidden' || code === 'unauthorized' || code === 'not-found')
    return 'this API key cannot read the list of managed accounts. Give a key with the scope read:accounts:admin, and sync again'
  return code === 'unexpected-response' || code === 'conflict'
    ? `Atlassian's list of managed accounts cannot be read: ${message}`
    : undefined
}

/** The next page, or why the list is unreadable from here on. */
async function nextPage(cursor: string | undefined, { directory }: Ports) {
  try {
    return await directory.readManagedAccounts(cursor)
  } catch (failure) {
    const unreadable = unreadableBecause(failure)
    if (unreadable === undefined) throw failure
    return { accounts: [], unreadable }
  }
}

const doesNotEnd = "Atlassian's list of managed accounts does not end; sync again"

/** Reads the list from where the snapshot's reading has come to. Throws `Unfinished` when the time slice is used up. */
export async function readManagedList(begun: Snapshot, ports: Ports, slice: TimeSlice): Promise<Snapshot> {
  const { store, system } = ports
  const seen = new Set<string>()
  const isStuck = createProgress()
  let [snapshot, waiting, cursor] = [begun, [] as ActivityInAtlassian[], begun.managedList?.cursor]
  for (let portions = 1; !isManagedListRead(snapshot);) {
    const page = await nextPage(cursor, ports)
    waiting = [...waiting, ...page.accounts]
    const { accounts: before = 0 } = snapshot.managedList ?? {}
    let unreadable = 'unreadable' in page ? page.unreadable : undefined
    cursor = 'cursor' in page ? page.cursor : undefined
    const stuck = isStuck(page.accounts.map(({ accountId }) => accountId))
    const endless = stuck || before + waiting.length > longest * snapshot.accounts + portion
    if (cursor !== undefined && (seen.has(cursor) || endless)) [cursor, unreadable] = [undefined, doesNotEnd]
    if (cursor !== undefined) seen.add(cursor)
    const yielding = (await slice.yields?.()) === true
    if (waiting.length < portion && cursor !== undefined && !yielding) continue
    const stored = await store.snapshot(snapshot.id)
    // Another process runs the same sync and is ahead: continue from there.
    if (stored?.asOf !== undefined) return stored
    if (stored !== undefined && stored.managedList?.cursor !== snapshot.managedList?.cursor) {
      ;[snapshot, waiting, cursor] = [stored, [], stored.managedList?.cursor]
      continue
    }
    await join(snapshot, waiting, ports)
    const managedList: ManagedList = {
      accounts: before + waiting.length,
      ...(cursor === undefined ? {} : { cursor }),
      ...(unreadable === undefined ? {} : { unreadable }),
    }
    snapshot = { ...snapshot, managedList, checkpointAt: system.now() }
    await store.putSnapshot(snapshot)
    waiting = []
    // The work after a single portion never waits, or a short time slice would not end.
    const ended = cursor === undefined
    if (yielding || (isUsedUp(slice, ports) && !(ended && portions === 1))) throw new Unfinished()
    if (ended && slice.usedUp !== undefined && portions > portionsAndRest) throw new Unfinished()
    portions += 1
  }
  return snapshot
}
