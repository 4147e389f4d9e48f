// Sync: reads the directory page by page into a dated snapshot, and records whether it is complete. An interrupted sync
// continues at its last checkpoint.

import { statusOf, type Account } from '../model/account.js'
import { dropReplaced, earlierSnapshots, makeRoom, upToComplete } from './snapshot-retention.js'
import { carryLastActive } from './carry-last-active.js'
import { isComplete, lastingDifference } from './completeness.js'
import { countColumns, lackingColumn, noColumns } from './columns.js'
import { createProgress } from './progress.js'
import { DirectoryError } from '../model/errors.js'
import { formatCount } from '../model/format-count.js'
import { brandId, type AccountId, type SnapshotId } from '../model/ids.js'
import { baselineAfter } from './baseline.js'
import { hasPaidSeats } from '../model/paid-seat.js'
import type { Organization, Seats } from '../model/organization.js'
import { isPerson } from '../model/person.js'
import { isPlaceholder } from '../model/plausible-instant.js'
import type { Ports } from '../ports.js'
import { countInactive, isInactiveAnywhere } from './inactivity-stats.js'
import { isUsedUp, Unfinished, type TimeSlice } from '../model/time-slice.js'
import { hour, type Instant } from '../model/time.js'
import { readGroups } from './groups.js'
import { readManagedList } from './managed-list.js'
import { findReversed } from './restored-by-people.js'
import type { LostMembers, Snapshot } from '../model/snapshot.js'
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

const isAdmin = (account: Account): boolean =>
  statusOf(account) === 'active' && account.platformRoles.some((role) => role.endsWith('/org-admin'))

/** Counts admins that are new in this sync: Atlassian may list an account twice while others come and go. */
function distinctAdmins(accounts: readonly Account[], met: Set<AccountId>): number {
  const before = met.size
  for (const account of accounts) if (isAdmin(account)) met.add(account.accountId)
  return met.size - before
}

async function readSeats({ directory }: Ports): Promise<readonly Seats[]> {
  const seats: Seats[] = []
  for (const workspace of await directory.workspaces())
    seats.push({ ...workspace, used: hasPaidSeats(workspace) ? await directory.countSeats(workspace.ari) : undefined })
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
    admins: 0,
    inactive: 0,
    inactiveIn: {},
    people: 0,
    joinedUnknown: 0,
    unreadableAccounts: 0,
    columns: noColumns,
  }
  return readGroups(snapshot, newest?.organization.id === organization.id ? newest : undefined, ports, slice)
}

/** Adds the people of a portion, and what is unknown of them, to a snapshot that counts them. */
function countedWith(snapshot: Snapshot, accounts: readonly Account[]): Snapshot {
  const { people, joinedUnknown = 0, unreadableAccounts = 0 } = snapshot
  if (people === undefined) return snapshot
  const persons = accounts.filter(isPerson)
  return {
    ...snapshot,
    people: people + persons.length,
    joinedUnknown:
      joinedUnknown + persons.filter(({ addedAt }) => addedAt === undefined || isPlaceholder(addedAt)).length,
    unreadableAccounts: unreadableAccounts + accounts.filter(({ unreadable = [] }) => unreadable.length > 0).length,
  }
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
  const met = new Set<AccountId>()
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
      const admins = snapshot.admins + distinctAdmins(waiting, met)
      const inactive = snapshot.inactive + waiting.filter((account) => isInactiveAnywhere(account, system.now())).length
      const inactiveIn = snapshot.inactiveIn && countInactive(snapshot.inactiveIn, waiting, system.now())
      const listed = cursor === undefined
      const accounts = snapshot.accounts + waiting.length
      snapshot = { ...snapshot, cursor, listed, admins, inactive, accounts, checkpointAt: system.now() }
      if (inactiveIn !== undefined) snapshot = { ...snapshot, inactiveIn }
      snapshot = countedWith(snapshot, waiting)
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
 * Syncs with ⌈accounts ÷ 100⌉ page requests, as many for the managed accounts among them, the pages of groups, the roles of
 * new, changed and a few other groups, and a constant number for sites and counts. Throws `Unfinished` when its time slice is used up: a call within an hour continues after the last portion.
 */
export async function sync(
  ports: Ports,
  by: string,
  onProgress?: (progress: SyncProgress) => void,
  slice: TimeSlice = { until: Infinity },
): Promise<Snapshot> {
  const { directory, store, auditLog, system } = ports
  const begun = await begin(await directory.organization(), ports, slice)
  const listed = await readPages(begun, ports, onProgress, slice).catch(async (error: unknown) => {
    // Drop a broken cursor: the next sync starts over.
    if (error instanceof DirectoryError && error.code === 'unexpected-response')
      await store.putSnapshot({ ...begun, cursor: undefined })
    throw error
  })
  const read = listed.asOf === undefined ? await readManagedList(listed, ports, slice) : listed
  if (read.asOf !== undefined) return read
  const earlier = await earlierSnapshots(ports)
  let lost: readonly LostMembers[] = []
  for (const before of upToComplete(earlier, read.organization)) {
    const since = await carryLastActive(read, before, ports)
    if (before.complete) lost = since
  }
  const accounts = await store.countAccounts({ snapshotId: read.id })
  const expected = await directory.countAccounts()
  const own = earlier.filter(({ organization }) => organization.id === read.organization.id)
  const lacks = lackingColumn(
    read,
    own.find((one) => one.complete),
  )
  const countDiffers = lastingDifference({ accounts, expected }, own)
  const complete = lacks === undefined && (isComplete(accounts, expected) || countDiffers !== undefined)
  const { anomaly } = await readLimits(ports)
  const baselines = baselineAfter({ ...read, accounts, complete }, own, anomaly)
  const { listed: _, checkpointAt: __, ...whole } = read
  const finished = await store.snapshot(read.id)
  if (finished?.asOf !== undefined) return finished
  const snapshot: Snapshot = {
    ...whole,
    ...baselines,
    ...(lacks === undefined ? {} : { lacks }),
    ...(lost.length === 0 ? {} : { lostMembers: lost }),
    ...(countDiffers === undefined ? {} : { countDiffers }),
    accounts,
    expected,
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
  await dropReplaced(snapshot, ports)
  return snapshot
}
