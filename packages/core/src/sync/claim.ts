// A claim: one holder at a time among all processes. It is a stored setting that names its holder, and when it expires,
// because a process may die with it.

import type { Ports } from '../ports.js'
import type { Duration, Instant } from '../model/time.js'

/** The stored claim: who holds it, and until when nobody else does. */
export interface Claim {
  readonly text: string
  readonly until: Instant
}

const claimOf = (owner: string, until: Instant): Claim => ({ text: `${until} ${owner}`, until })

/** True if a stored claim has not expired. One that ends later than any can comes from a wrong clock. */
function isHeld(text: string | undefined, now: Instant, lasts: Duration): boolean {
  const until = Number.parseInt(text ?? '')
  return until > now && until <= now + 2 * lasts
}

/** A claim by the name of its setting. `lasts` is how long it holds without a renewal. */
export function claimOn(setting: string, lasts: Duration, { store, system }: Pick<Ports, 'store' | 'system'>) {
  return {
    /** Takes the claim; undefined while another one holds it. */
    async take(owner: string): Promise<Claim | undefined> {
      const stored = await store.setting(setting)
      if (isHeld(stored, system.now(), lasts)) return undefined
      const mine = claimOf(owner, system.now() + lasts)
      return (await store.replaceSetting(setting, mine.text, stored)) ? mine : undefined
    },
    /** Renews the claim, and returns the one that holds now. */
    async renew(owner: string, current: Claim): Promise<Claim> {
      const next = claimOf(owner, system.now() + lasts)
      return (await store.replaceSetting(setting, next.text, current.text)) ? next : current
    },
    /** Gives the claim back, unless another one has taken it since. */
    async giveBack(current: Claim): Promise<void> {
      await store.replaceSetting(setting, '', current.text)
    },
  }
}

/** Ends the claim of an owner who has died, so that nobody waits until it expires. */
export async function endClaimOf(
  setting: string,
  hasDied: (owner: string) => boolean,
  store: Ports['store'],
): Promise<void> {
  const stored = await store.setting(setting)
  const owner = /^\d+ (.+)$/.exec(stored ?? '')?.[1]
  if (owner !== undefined && hasDied(owner)) await store.replaceSetting(setting, '', stored)
}
