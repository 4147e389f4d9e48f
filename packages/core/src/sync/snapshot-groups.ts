// The granting groups of the newest snapshot. They are large and never change once a sync has finished, so a process reads
// them once for each snapshot, however many accounts it changes.

import type { SnapshotId } from '../model/ids.js'
import type { GroupGrant } from '../model/organization.js'
import type { Ports, Store } from '../ports.js'

const remembered = new WeakMap<Store, { readonly id: SnapshotId; readonly groups: readonly GroupGrant[] }>()

/** Returns the groups of the newest snapshot; none without a snapshot. */
export async function newestGroups({ store }: Pick<Ports, 'store'>): Promise<readonly GroupGrant[]> {
  const [newest] = await store.snapshotHeads(1)
  if (newest === undefined) return []
  const known = remembered.get(store)
  if (known?.id === newest.id) return known.groups
  const groups = (await store.snapshot(newest.id))?.groups ?? []
  remembered.set(store, { id: newest.id, groups })
  return groups
}
