// Licenses: seats per site and product.

import { availableSeats, type Seats } from '../model/organization.js'
import { hasPaidSeats } from '../model/paid-seat.js'
import type { SnapshotHead } from '../model/snapshot.js'

/** The users of a snapshot that hold a seat, where their number differs from the one that Atlassian counts. */
function listedIn({ inactiveIn }: SnapshotHead, { ari, used }: Seats) {
  const listed = inactiveIn === undefined ? used : (inactiveIn[ari]?.people ?? 0)
  return listed === undefined || listed === used ? {} : { listed }
}

/**
 * Seats per site and product; capacity, used and available are null when Atlassian does not report them. `used` is
 * Atlassian's own count. `listed`, the users of the snapshot that hold a seat, is there only where it differs.
 */
export const licensesOf = (snapshot: SnapshotHead | undefined) =>
  (snapshot?.seats ?? []).filter(hasPaidSeats).map((seats) => ({
    site: seats.site,
    product: seats.product,
    capacity: seats.capacity ?? null,
    used: seats.used ?? null,
    available: availableSeats(seats) ?? null,
    ...(snapshot === undefined ? {} : listedIn(snapshot, seats)),
  }))
