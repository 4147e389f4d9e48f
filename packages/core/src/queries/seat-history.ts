// Seats over time: the used seats in the newest snapshots, by site and product.
import type { Ports } from '../ports.js'
import { formatInstant } from '../model/time.js'
import { licensesOf } from './licenses.js'

const snapshotsShown = 60

/** Lists the newest snapshots, oldest first, each with its used seats; null when Atlassian did not report them. */
export async function seatHistory({ store }: Ports) {
  const newest = await store.snapshots(snapshotsShown)
  return newest
    .map((snapshot) => ({
      at: formatInstant(snapshot.asOf ?? snapshot.startedAt),
      seats: licensesOf(snapshot).map(({ site, product, used }) => ({ site, product, used })),
    }))
    .toReversed()
}
