// Sync: reads the directory page by page into a dated snapshot, and records whether it is complete. An interrupted sync
// continues at its last checkpoint.

import type { Account } from '../model/account.js'
import { dropReplaced, earlierSnapshots, makeRoom, upToComplete } from './snapshot-retention.js'
import { createAccountCounter, nothingCounted } from './account-counts.js'
import { accountsById, carryLastActive } from './carry-last-active.js'
import { isComplete, lastingDifference } from './completeness.js'
import { countColumns, lackingColumn, noColumns } from './columns.js'
import { whileAloneWith } from './counting.js'
import { createProgress } from './progress.js'
import { DirectoryError } from '../model/errors.js'
import { formatCount } from '../model/format-count.js'
import { brandId, type SnapshotId } from '../model/ids.js'
import { baselineAfter } from './baseline.js'
import { hasPaidSeats } from '../model/paid-seat.js'
import { countUsedSeats } from './seat-count.js'
import type { Organization, Seats } from '../model/organization.js'
import type { Ports } from '../ports.js'
import { isUsedUp, Unfinished, type TimeSlice } from '../model/time-slice.js'
import { hour, type Instant } from '../model/time.js'
import { readGroups } from './groups.js'
import { readManagedList } from './managed-list.js'
import { findReversed } from './restored-by-people.js'
import type { LostMembers, Snapshot, SnapshotHead } from '../model/snapshot.js'
import { readLimits } from '../policy/organization-limits.js'

/** Rollcall stores this many accounts at once, with the cursor that continues after them. */
const portion = 1000
/** How long a cursor stays usable, and how long a whole sync may take. */
const [cursorLasts, syncLasts] = [hour, 12 * hour]
/** With more accounts, the work after the last page has its own time slice. */
const finishedInOneSlice = 20_000
export interface SyncProgress {
  readonly accounts: number
  readonly expected: number
}

/** True if an unfinished sync may still continue. */
export const canContinue = ({ startedAt, checkpointAt = startedAt }: Snapshot, now: Instant): boolean =>
  now - checkpointAt < cursorLasts && now - startedAt < syncLasts

/** Every account row stores the id: twelve characters are enough, and take a third of the space. */
const shortId = (id: string): SnapshotId => brandId<SnapshotId>(id.slice(-12))

async function readSeats(ports: Ports): Promise<readonly Seats[]> {
  const seats: Seats[] = []
  for (const workspace of await ports.directory.workspaces())
    seats.push({ ...workspace, used: hasPaidSeats(workspace) ? await countUsedSeats(workspace.ari, ports) : undefined })
  return seats
}

async function begin(organization: Organization, ports: Ports, slice: TimeSlice): Promise<Snapshot> {
  const { directory, store, system } = ports
  const unfinished = await store.unfinishedSnapshot()
  const usable = unfinished?.organization.id === organization.id && canContinue(unfinished, system.now())
  if (usable && unfinished.groupsLeft !== undefined) return readGroups(unfinished, unfinished, ports, slice)
  if (usable && (unfinished.cursor !== undefined || unfinished.listed === true)) return unfinished
  await makeRoom(ports)
  const seats = await readSeats(ports)
  const [newest] = await store.snapshots(1)
  const snapshot: Snapshot = {
    id: shortId(system.newId()),
    organization,
    // The clocks of two machines may differ: a newer snapshot must have a later start.
    startedAt: Math.max(system.now(), (newest?.startedAt ?? -Infinity) + 1),
    asOf: undefined,
    complete: false,
    accounts: 0,
    expected: await directory.countAccounts(),
    cursor: undefined,
    seats,
    directories: await directory.directories(),
    groups: [],
    ...nothingCounted,
    columns: noColumns,
  }
  return readGroups(snapshot, newest?.organization.id === organization.id ? newest : undefined, ports, slice)
}

/** Reads pages from the snapshot's cursor to the last one, with a checkpoint after each portion. */
async function readPages(
  begun: Snapshot,
  ports: Ports,
  onProgress: ((progress: SyncProgress) => void) | undefined,
  slice: TimeSlice,
): Promise<Snapshot> {
  const { directory, store, system } = ports
  if (begun.listed === true) return begun
  const seen = new Set<string>()
  const isStuck = createProgress()
  let [snapshot, waiting, cursor] = [begun, [] as Account[], begun.cursor]
  for (;;) {
    const page = await directory.readAccounts(snapshot.seats, snapshot.groups, cursor)
    waiting = [...waiting, ...page.accounts]
    cursor = page.cursor
    const stuck = isStuck(page.accounts.map(({ accountId }) => accountId))
    if (cursor !== undefined && (stuck || seen.has(cursor)))
      throw new DirectoryError(
        'unexpected-response',
        `Atlassian repeated a page after ${formatCount(snapshot.accounts + waiting.length)} accounts. Nothing was changed; sync again.`,
      )
    if (cursor !== undefined) seen.add(cursor)
    const yielding = (await slice.yields?.()) === true
    if (waiting.length >= portion || cursor === undefined || yielding) {
      const stored = await store.snapshot(snapshot.id)
      if (stored !== undefined && (stored.asOf !== undefined || stored.accounts !== snapshot.accounts)) {
        // Another process runs the same sync and is ahead: continue from there.
        if (stored.asOf !== undefined || stored.listed === true) return stored
        ;[snapshot, waiting, cursor] = [stored, [], stored.cursor]
        continue
      }
      await store.putAccounts(snapshot.id, waiting)
      const listed = cursor === undefined
      const accounts = snapshot.accounts + waiting.length
      snapshot = { ...snapshot, cursor, listed, accounts, checkpointAt: system.now() }
      // A column is what Atlassian sends, before Rollcall adds what it remembers.
      if (snapshot.columns !== undefined) snapshot = { ...snapshot, columns: countColumns(snapshot.columns, waiting) }
      await store.putSnapshot(snapshot)
      waiting = []
    }
    onProgress?.({ accounts: snapshot.accounts + waiting.length, expected: snapshot.expected })
    const long = snapshot.listed === true && slice.usedUp !== undefined && snapshot.accounts > finishedInOneSlice
    if (waiting.length === 0 && (long || yielding || isUsedUp(slice, ports))) throw new Unfinished()
    if (cursor === undefined) return snapshot
  }
}

/**
 * Carries dates from earlier snapshots into a new one, hands each of its accounts to `count` once, and returns the groups
 * that lost members since the complete one among the earlier, which is the last.
 */
async function readThrough(
  snapshot: Snapshot,
  earlier: readonly SnapshotHead[],
  count: (account: Account) => void,
  ports: Ports,
): Promise<readonly LostMembers[]> {
  const last = earlier.at(-1)
  for (const before of earlier.slice(0, -1)) await carryLastActive(snapshot, before, ports)
  if (last !== undefined) {
    const lost = await carryLastActive(snapshot, last, ports, count)
    return last.complete ? lost : []
  }
  for await (const account of accountsById(snapshot, ports)) count(account)
  return []
}

/** Carries dates into a snapshot that has been read, counts its accounts, and stores it as finished. */
async function finish(read: Snapshot, by: string, ports: Ports): Promise<Snapshot> {
  const { directory, store, auditLog, system } = ports
  const earlier = await earlierSnapshots(ports)
  const counter = createAccountCounter(system.now())
  const lost = await readThrough(read, upToComplete(earlier, read.organization), counter.add, ports)
  const accounts = await store.countAccounts({ snapshotId: read.id })
  const expected = await directory.countAccounts()
  const own = earlier.filter(({ organization }) => organization.id === read.organization.id)
  const counted = { ...read, ...counter.counts(), accounts, expected }
  const lacks = lackingColumn(
    counted,
    own.find((one) => one.complete),
  )
  const countDiffers = lastingDifference(counted, own)
  const complete = lacks === undefined && (isComplete(accounts, expected) || countDiffers !== undefined)
  const { anomaly } = await readLimits(ports)
  const { listed: _, checkpointAt: __, ...whole } = counted
  const finished = await store.snapshot(read.id)
  if (finished?.asOf !== undefined) return finished
  const snapshot: Snapshot = {
    ...whole,
    ...baselineAfter({ ...counted, complete }, own, anomaly),
    ...(lacks === undefined ? {} : { lacks }),
    ...(lost.length === 0 ? {} : { lostMembers: lost }),
    ...(countDiffers === undefined ? {} : { countDiffers }),
    complete,
    asOf: system.now(),
    cursor: undefined,
  }
  await auditLog.append({
    at: system.now(),
    actor: by,
    event: 'synchronized',
    subject: snapshot.id,
    details: { accounts, expected, complete },
  })
  await findReversed(snapshot, ports)
  await store.putSnapshot(snapshot)
  return snapshot
}

/**
 * Syncs with ⌈accounts ÷ 100⌉ page requests, as many for the managed accounts among them, the pages of groups, the roles of
 * new, changed and a few other groups, and a constant number for sites and counts. Throws `Unfinished` when its time slice is used up: a call within an hour continues after the last portion.
 */
export async function sync(
  ports: Ports,
  by: string,
  onProgress?: (progress: SyncProgress) => void,
  slice: TimeSlice = { until: Infinity },
): Promise<Snapshot> {
  const { directory, store } = ports
  const begun = await begin(await directory.organization(), ports, slice)
  const listed = await readPages(begun, ports, onProgress, slice).catch(async (error: unknown) => {
    // Drop a broken cursor: the next sync starts over.
    if (error instanceof DirectoryError && error.code === 'unexpected-response')
      await store.putSnapshot({ ...begun, cursor: undefined })
    throw error
  })
  const read = listed.asOf === undefined ? await readManagedList(listed, ports, slice) : listed
  if (read.asOf !== undefined) return read
  const finished = await whileAloneWith(read.id, ports, () => finish(read, by, ports))
  await dropReplaced(finished, ports)
  return finished
}
