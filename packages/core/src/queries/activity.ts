// Inactivity by days: how long ago users were last active. The page can move a threshold without a new request.

import { lastActiveAnywhere, inactiveFrom, statusOf } from '../model/account.js'
import { versionOf } from '../model/snapshot.js'
import type { Ports } from '../ports.js'
import { day, formatInstant } from '../model/time.js'
import { accountsOf, newestHead } from '../sync/snapshot-reader.js'

/** The last bucket, in days: it also counts users who were last active longer ago. */
const longest = 730

type Counts = Map<number, number>
const byDays = (counts: Counts) => [...counts].toSorted(([a], [b]) => a - b).map(([ago, count]) => ({ ago, count }))

/**
 * Counts the active accounts of the newest snapshot, the same as the account list, by whole days since they were last active. `never` and `unknown`
 * are cases of their own: neither counts as a number of days. `neverFor` counts the never-active accounts by the days
 * since they joined: together with them, 90 days or more gives the number that the account list shows for 90 days.
 */
async function activityOf(ports: Ports) {
  const snapshot = await newestHead(ports)
  const asOf = snapshot.asOf ?? snapshot.startedAt
  const [used, joined]: readonly [Counts, Counts] = [new Map(), new Map()]
  let [never, unknown, people] = [0, 0, 0]
  for await (const account of accountsOf({ snapshotId: snapshot.id, status: 'active' }, ports)) {
    if (statusOf(account) !== 'active') continue
    people += 1
    const last = lastActiveAnywhere(account)
    const from = inactiveFrom(last)
    if (from === undefined) unknown += 1
    else {
      if (last.kind === 'never') never += 1
      const counts = last.kind === 'never' ? joined : used
      const ago = Math.min(longest, Math.max(0, Math.floor((asOf - from) / day)))
      counts.set(ago, (counts.get(ago) ?? 0) + 1)
    }
  }
  const counted = { people, days: byDays(used), never, neverFor: byDays(joined), unknown }
  return { version: versionOf(snapshot), activity: { snapshotId: snapshot.id, asOf: formatInstant(asOf), ...counted } }
}
type Counted = Awaited<ReturnType<typeof activityOf>>
type Activity = Counted['activity']

const setting = 'activity'

/** The newest result that a process has stored; undefined when it is of another snapshot or version, or unreadable. */
async function storedActivity(version: string, { store }: Ports): Promise<Activity | undefined> {
  try {
    const known = JSON.parse((await store.setting(setting)) ?? 'null') as Partial<Counted> | null
    return known?.version === version ? known.activity : undefined
  } catch {
    return undefined
  }
}

/** Counts once per version of the snapshot, and stores the result. */
export async function rememberedActivity(ports: Ports): Promise<Activity> {
  const known = await storedActivity(versionOf(await newestHead(ports)), ports)
  if (known !== undefined) return known
  const counted = await activityOf(ports)
  await ports.store.putSetting(setting, JSON.stringify(counted))
  return counted.activity
}
