// Seats over time: the used seats in the newest snapshots, by site and product.
import type { Ports } from '../ports.js'
import { formatInstant } from '../model/time.js'
import { snapshotsCharted } from '../sync/snapshot-retention.js'
import { licensesOf } from './licenses.js'

/** Lists the newest snapshots, oldest first, each with its used seats; null when Atlassian did not report them. */
export async function seatHistory({ store }: Ports) {
  const newest = await store.snapshotHeads(snapshotsCharted)
  return newest
    .map((snapshot) => ({
      at: formatInstant(snapshot.asOf ?? snapshot.startedAt),
      seats: licensesOf(snapshot).map(({ site, product, used }) => ({ site, product, used })),
    }))
    .toReversed()
}
