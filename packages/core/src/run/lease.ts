// The lane: one organization, one worker at a time. A lease that is renewed while the work goes on, and taken over when
// it has run out; its token tells a worker that was paused for longer that somebody else works in its place.

import type { Ports } from '../ports.js'
import { minute, type Instant } from '../model/time.js'
import type { Lease } from '../model/lease.js'

/** How long a lease on the lane lasts without being renewed. */
export const leaseLength = 2 * minute

/** Another process works in our place: nothing more may be written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
  constructor() {
    super('Another process has taken the lane, so nothing more was written.')
  }
}

/** Says whether a lease runs. One that ends later than any can was taken by a wrong clock, and holds nobody up. */
export const leaseRuns = ({ until }: Pick<Lease, 'until'>, now: Instant): boolean =>
  until > now && until <= now + 2 * leaseLength

/** Says whether another worker holds the lane. */
export async function isTaken(owner: string, { store, system }: Ports): Promise<boolean> {
  const held = await store.lane()
  return held !== undefined && held.owner !== owner && leaseRuns(held, system.now())
}

/** Claims the lane, or renews the lease; undefined when another worker holds it. */
export const claimLease = (owner: string, { store, system }: Ports): Promise<Lease | undefined> =>
  store.claimLease(owner, system.now(), system.now() + leaseLength)
