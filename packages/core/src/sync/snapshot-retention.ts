// Earlier snapshots: which of them still say something, and whose accounts are kept. A snapshot of everybody is large, and
// no more of them stand side by side than somebody needs.

import type { Organization } from '../model/organization.js'
import type { Ports } from '../ports.js'
import { day, hour } from '../model/time.js'
import type { Snapshot } from '../model/snapshot.js'

/** How far back a complete snapshot is looked for. */
const furthest = 10
/** Nobody reads so long at what has been replaced. */
const longestReading = hour
/** What was begun so long ago is finished by nobody. */
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

/** Drops the accounts that nobody needs: but for the newest so many, those up to a complete one, and what is under way. */
async function keepNewest(newest: number, also: readonly Snapshot[], ports: Ports): Promise<void> {
  const { store, system } = ports
  // Another process may be about to finish one: asked first, so that it is among these or among those.
  const underWay = await store.unfinishedSnapshot()
  const heads = await earlierSnapshots(ports)
  const known = heads.flatMap(({ organization }) => upToComplete(heads, organization))
  const held = new Set([...also, ...heads.slice(0, newest), ...known].map(({ id }) => id))
  if (underWay !== undefined && system.now() - underWay.startedAt < abandonedAfter) held.add(underWay.id)
  await store.dropAccountsExcept([...held])
}

/** Makes room for a snapshot that is about to be read: whoever read the one before the newest has ended. */
export async function makeRoom(ports: Ports): Promise<void> {
  const [newest] = await ports.store.snapshots(1)
  if (newest?.asOf === undefined) return
  await keepNewest(ports.system.now() - newest.asOf < longestReading ? 2 : 1, [], ports)
}

/** Lets go of what a finished snapshot replaces; somebody may still be reading the one before it. */
export const dropReplaced = (finished: Snapshot, ports: Ports): Promise<void> => keepNewest(2, [finished], ports)
