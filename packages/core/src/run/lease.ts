// The lease: one worker at a time for an organization. The worker renews it while it works, and another one takes it over
// after it has expired. A worker that slept for longer notices by the token that another process has replaced it.

import type { Ports } from '../ports.js'
import { minute, type Instant } from '../model/time.js'
import type { Lease } from '../model/lease.js'

/** How long a lease lasts without a renewal. */
export const leaseLength = 2 * minute

/** Another process has taken over the lease: this one may write nothing more. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
  constructor() {
    super('Another process holds the lease now, so nothing more was written.')
  }
}

/** True if a lease has not expired. One that ends later than any lease can comes from a wrong clock and does not count. */
export const leaseRuns = ({ until }: Pick<Lease, 'until'>, now: Instant): boolean =>
  until > now && until <= now + 2 * leaseLength

/** True if another worker holds the lease. */
export async function isTaken(owner: string, { store, system }: Ports): Promise<boolean> {
  const holder = await store.lease()
  return holder !== undefined && holder.owner !== owner && leaseRuns(holder, system.now())
}

/** Claims or renews the lease; undefined while another worker holds it. */
export const claimLease = (owner: string, { store, system }: Ports): Promise<Lease | undefined> =>
  store.claimLease(owner, system.now(), system.now() + leaseLength)
