// The groups of a snapshot: what each one grants, of the snapshot before where nothing shows a change. Sync calls it first.

import type { GroupGrant } from '../model/organization.js'
import type { Snapshot } from '../model/snapshot.js'
import { isUsedUp, Unfinished, type TimeSlice } from '../model/time-slice.js'
import type { Ports } from '../ports.js'

/** True for a group on which the products of its members depend, as far as Rollcall knows. */
const grantsSomething = ({ grants, adminRoles = [], unreadable }: GroupGrant): boolean =>
  grants.length > 0 || adminRoles.length > 0 || unreadable === true

/** Every group of a snapshot that has been read, with the ones that grant no product. */
const knownGroups = (snapshot: Snapshot | undefined): readonly GroupGrant[] => [
  ...(snapshot?.groups ?? []),
  ...(snapshot?.otherGroups ?? []),
]

/**
 * Reads the groups of a snapshot and stores it. `known` has the groups as they were read before. Throws `Unfinished` when
 * the time slice ends; the next call continues with the groups that are left.
 */
export async function readGroups(
  begun: Snapshot,
  known: Snapshot | undefined,
  ports: Ports,
  slice: TimeSlice,
): Promise<Snapshot> {
  const { directory, store, system } = ports
  let read = 0
  // One group at least in each call, so that every call gets further.
  const usedUp = () => (read += 1) > 1 && isUsedUp(slice, ports)
  const { groups, left } = await directory.readGroups(begun.seats, knownGroups(known), usedUp)
  const { groupsLeft: _, ...rest } = begun
  const snapshot: Snapshot = {
    ...rest,
    groups: groups.filter(grantsSomething),
    otherGroups: groups.filter((group) => !grantsSomething(group)),
    checkpointAt: system.now(),
    ...(left === 0 ? {} : { groupsLeft: left }),
  }
  await store.putSnapshot(snapshot)
  if (left > 0) throw new Unfinished()
  return snapshot
}
