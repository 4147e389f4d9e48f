// The lane: one organization, one worker at a time. A lease that is renewed while the work goes on, and taken over when
// it has run out; its token tells a worker that was paused for longer that somebody else works in its place.

import type { Lane, Ports } from './ports.js'
import { minute, type Instant } from './time.js'

/** How long a lease on the lane lasts without being renewed. */
export const leaseLength = 2 * minute

/** Another process works in our place: nothing more may be written. */
export class LaneLost extends Error {
  override readonly name = 'LaneLost'
  constructor() {
    super('Another process has taken the lane, so nothing more was written.')
  }
}

/** A lease that ends later than any lease can was taken by a wrong clock, and holds nobody up. */
const isHeld = ({ until }: Lane, now: Instant): boolean => until > now && until <= now + 2 * leaseLength

/** Says whether another worker holds the lane. */
export async function isTaken(owner: string, { store, system }: Ports): Promise<boolean> {
  const held = await store.lane()
  return held !== undefined && held.owner !== owner && isHeld(held, system.now())
}

/** Enters the lane; undefined when another worker holds it. */
export async function enterLane(owner: string, ports: Ports): Promise<Lane | undefined> {
  const { store, system } = ports
  const held = await store.lane()
  if (held !== undefined && held.owner !== owner && !isHeld(held, system.now())) await store.releaseLane(held)
  return renewLease(owner, ports)
}

/** Claims the lane or renews its lease. */
export const renewLease = (owner: string, { store, system }: Ports): Promise<Lane | undefined> =>
  store.claimLane(owner, system.now(), system.now() + leaseLength)
