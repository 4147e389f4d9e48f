// Throttling: until when Atlassian asked for no more requests, noted by whoever waits, so that everybody who looks at a run
// can be told.

import type { Ports } from '../ports.js'
import type { Instant } from '../model/time.js'

const setting = 'throttled-until'
type Noted = Pick<Ports, 'store'>

/** Makes the note of a wait; that it could not be written hinders nobody. */
export const noteThrottle =
  ({ store }: Noted) =>
  async (until: Instant): Promise<void> =>
    store.putSetting(setting, String(Math.ceil(until))).catch(() => undefined)

/** Until when Atlassian is not asked; undefined when that is over, or was never so. */
export async function throttledUntil({ store }: Noted, now: Instant): Promise<Instant | undefined> {
  const until = Number((await store.setting(setting)) ?? 0)
  return Number.isFinite(until) && until > now ? until : undefined
}
