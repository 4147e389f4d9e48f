// Snapshot retention: which earlier snapshots a sync reads, and which ones keep their accounts. A snapshot is large, so
// Rollcall keeps no more than it needs.

import type { Organization } from '../model/organization.js'
import type { Ports } from '../ports.js'
import { day, hour } from '../model/time.js'
import type { SnapshotHead } from '../model/snapshot.js'

/** How many snapshots to examine for a complete one. */
const furthest = 10
/** How many of the newest snapshots the chart of seats shows. */
export const snapshotsCharted = 60
/** No reader takes longer than this to read a replaced snapshot. */
const longestReading = hour
/** A sync that began longer ago than this is abandoned. */
const abandonedAfter = day

/** The heads of the newest snapshots, newest first. */
export const earlierSnapshots = ({ store }: Ports): Promise<readonly SnapshotHead[]> => store.snapshotHeads(furthest)

/** In an organization with fewer accounts, a complete snapshot may lack a few of them, which counts much there. */
const small = 400

/** True if an earlier snapshot need not be read as well: this one has every account that it can have. */
const hasEverybody = ({ complete, accounts, expected }: SnapshotHead): boolean =>
  complete && (accounts >= expected || accounts >= small)

/**
 * An organization's newest snapshots up to the first whole one: an earlier one may have accounts that a later one lacks.
 * Leaves out the snapshots of other organizations.
 */
export function upToComplete(heads: readonly SnapshotHead[], { id }: Organization): readonly SnapshotHead[] {
  const own = heads.filter(({ organization }) => organization.id === id)
  const complete = own.findIndex(hasEverybody)
  return complete === -1 ? own : own.slice(0, complete + 1)
}

/** Drops the accounts of old snapshots. Keeps the newest few, those up to a complete one, and the one being read. */
async function keepNewest(newest: number, also: readonly SnapshotHead[], ports: Ports): Promise<void> {
  const { store, system } = ports
  // Read it first: if another process finishes it meanwhile, it is among the finished ones.
  const unfinished = await store.unfinishedSnapshot()
  const heads = await earlierSnapshots(ports)
  const known = heads.flatMap(({ organization }) => upToComplete(heads, organization))
  const needed = new Set([...also, ...heads.slice(0, newest), ...known].map(({ id }) => id))
  if (unfinished !== undefined && system.now() - unfinished.startedAt < abandonedAfter) needed.add(unfinished.id)
  await store.dropAccountsExcept([...needed])
}

/** Drops accounts before a new sync. After an hour, nobody reads the snapshot before the newest any more. */
export async function makeRoom(ports: Ports): Promise<void> {
  const [newest] = await ports.store.snapshotHeads(1)
  if (newest?.asOf === undefined) return
  await keepNewest(ports.system.now() - newest.asOf < longestReading ? 2 : 1, [], ports)
}

/** Drops accounts after a sync, except those of the snapshot before it: somebody may still read it. */
export const dropReplaced = (finished: SnapshotHead, ports: Ports): Promise<void> => keepNewest(2, [finished], ports)
