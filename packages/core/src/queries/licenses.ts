// Licenses: seats per site and product.

import { availableSeats } from '../model/organization.js'
import type { Snapshot } from '../model/snapshot.js'

/** Seats per site and product; capacity, used and available are null when Atlassian does not report them. */
export const licensesOf = (snapshot: Snapshot | undefined) =>
  (snapshot?.seats ?? [])
    .filter(({ sandbox }) => !sandbox)
    .map((seats) => ({
      site: seats.site,
      product: seats.product,
      capacity: seats.capacity ?? null,
      used: seats.used ?? null,
      available: availableSeats(seats) ?? null,
    }))
