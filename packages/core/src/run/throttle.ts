// Throttling: until when Atlassian wants no more requests. The process that waits stores it, so that every screen of a run
// can show it.

import type { Ports } from '../ports.js'
import type { Instant } from '../model/time.js'

const setting = 'throttled-until'
type Noted = Pick<Ports, 'store'>

/** Stores how long a wait lasts. The wait goes on when that cannot be written. */
export const noteThrottle =
  ({ store }: Noted) =>
  async (until: Instant): Promise<void> =>
    store.putSetting(setting, String(Math.ceil(until))).catch(() => undefined)

/** Until when Rollcall sends no requests; undefined when it does not wait. */
export async function throttledUntil({ store }: Noted, now: Instant): Promise<Instant | undefined> {
  const until = Number((await store.setting(setting)) ?? 0)
  return Number.isFinite(until) && until > now ? until : undefined
}
