// Inactivity at a glance: how long ago people were last active, so that a threshold can be moved without asking again.

import { atLatest, lastActiveAnywhere, statusOf } from './account.js'
import { accountsOf, newestSnapshot } from './planning.js'
import type { SnapshotId } from './ids.js'
import type { Ports } from './ports.js'
import { day, formatInstant } from './time.js'

/** Whoever was not seen for longer is in the last bucket. */
const longest = 730

/**
 * Counts the active people of the newest snapshot by whole days since they were last active. `never` and `unknown` are
 * cases of their own: neither is taken for a number of days.
 */
export async function activityOf(ports: Ports) {
  const snapshot = await newestSnapshot(ports)
  const asOf = snapshot.asOf ?? snapshot.startedAt
  const byDay = new Map<number, number>()
  let [never, unknown, people] = [0, 0, 0]
  for await (const account of accountsOf({ snapshotId: snapshot.id, status: 'active' }, ports)) {
    if (statusOf(account) !== 'active') continue
    people += 1
    const last = lastActiveAnywhere(account)
    if (last.kind === 'never') never += 1
    else if (last.kind === 'unknown') unknown += 1
    else {
      const days = Math.min(longest, Math.max(0, Math.floor((asOf - atLatest(last)) / day)))
      byDay.set(days, (byDay.get(days) ?? 0) + 1)
    }
  }
  const days = [...byDay].toSorted(([a], [b]) => a - b).map(([ago, count]) => ({ ago, count }))
  return { snapshotId: snapshot.id, asOf: formatInstant(asOf), people, days, never, unknown }
}
export type Activity = Awaited<ReturnType<typeof activityOf>>

const setting = 'activity'

/** The newest answer that any process has counted; undefined when it is of another snapshot, or cannot be read. */
async function kept(snapshotId: SnapshotId, { store }: Ports): Promise<Activity | undefined> {
  try {
    const known = JSON.parse((await store.setting(setting)) ?? 'null') as Activity | null
    return known?.snapshotId === snapshotId ? known : undefined
  } catch {
    return undefined
  }
}

/** Counts once for each snapshot, and remembers that: the accounts of a finished snapshot do not change. */
export async function rememberedActivity(ports: Ports): Promise<Activity> {
  const { id } = await newestSnapshot(ports)
  const known = await kept(id, ports)
  if (known !== undefined) return known
  const counted = await activityOf(ports)
  await ports.store.putSetting(setting, JSON.stringify(counted))
  return counted
}
