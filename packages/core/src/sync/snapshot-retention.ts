// Snapshot retention: which earlier snapshots still matter, and whose accounts are kept. A snapshot is large, so Rollcall
// keeps no more of them than it needs.

import type { Organization } from '../model/organization.js'
import type { Ports } from '../ports.js'
import { day, hour } from '../model/time.js'
import type { Snapshot } from '../model/snapshot.js'

/** How far back a complete snapshot is looked for. */
const furthest = 10
/** No reader takes longer than this to read a replaced snapshot. */
const longestReading = hour
/** A sync that began longer ago than this is abandoned. */
const abandonedAfter = day

/** The heads of the newest snapshots, newest first. */
export const earlierSnapshots = ({ store }: Ports): Promise<readonly Snapshot[]> => store.snapshots(furthest)

/**
 * An organization's newest snapshots up to the first complete one: what an incomplete one misses, one before it may
 * know. Those of another organization, which a key of its own was read with, lie between them and say nothing.
 */
export function upToComplete(heads: readonly Snapshot[], { id }: Organization): readonly Snapshot[] {
  const own = heads.filter(({ organization }) => organization.id === id)
  const complete = own.findIndex((one) => one.complete)
  return complete === -1 ? own : own.slice(0, complete + 1)
}

/** Drops the accounts of old snapshots. Keeps the newest few, those up to a complete one, and the one being read. */
async function keepNewest(newest: number, also: readonly Snapshot[], ports: Ports): Promise<void> {
  const { store, system } = ports
  // First, since another process may finish one meanwhile: it is then among the finished ones.
  const underWay = await store.unfinishedSnapshot()
  const heads = await earlierSnapshots(ports)
  const known = heads.flatMap(({ organization }) => upToComplete(heads, organization))
  const needed = new Set([...also, ...heads.slice(0, newest), ...known].map(({ id }) => id))
  if (underWay !== undefined && system.now() - underWay.startedAt < abandonedAfter) needed.add(underWay.id)
  await store.dropAccountsExcept([...needed])
}

/** Makes room for a new snapshot: readers of the one before the newest have ended. */
export async function makeRoom(ports: Ports): Promise<void> {
  const [newest] = await ports.store.snapshots(1)
  if (newest?.asOf === undefined) return
  await keepNewest(ports.system.now() - newest.asOf < longestReading ? 2 : 1, [], ports)
}

/** Drops what a finished snapshot replaces, but not the one before it, which somebody may still be reading. */
export const dropReplaced = (finished: Snapshot, ports: Ports): Promise<void> => keepNewest(2, [finished], ports)
