// Seats over time: how many seats the newest snapshots counted, by site and product.
import type { Ports } from '../ports.js'
import { formatInstant } from '../model/time.js'
import { licensesOf } from './licenses.js'

const rollsShown = 60

/** Lists the newest snapshots, oldest first, each with its used seats; null where Atlassian did not tell them. */
export async function seatHistory({ store }: Ports) {
  const newest = await store.snapshots(rollsShown)
  return newest
    .map((snapshot) => ({
      at: formatInstant(snapshot.asOf ?? snapshot.startedAt),
      seats: licensesOf(snapshot).map(({ site, product, used }) => ({ site, product, used })),
    }))
    .toReversed()
}
