// Seats over time: how many were used at each of the newest rolls, by site and product.
import type { Ports } from '../ports.js'
import { formatInstant } from '../model/time.js'
import { licensesOf } from './licenses.js'

const rollsShown = 60

/** Lists the newest rolls, oldest first, each with the seats that were used; null where that was not known. */
export async function seatHistory({ store }: Ports) {
  const newest = await store.snapshots(rollsShown)
  return newest
    .map((snapshot) => ({
      at: formatInstant(snapshot.asOf ?? snapshot.startedAt),
      seats: licensesOf(snapshot).map(({ site, product, used }) => ({ site, product, used })),
    }))
    .toReversed()
}
export type SeatHistory = Awaited<ReturnType<typeof seatHistory>>
