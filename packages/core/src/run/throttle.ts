// Throttling: until when Atlassian accepts no requests. The process that waits stores it, so that every screen of a run can
// show it.

import type { Ports } from '../ports.js'
import type { Instant } from '../model/time.js'

const setting = 'throttled-until'
type WithStore = Pick<Ports, 'store'>

/** Stores until when Rollcall waits. A failure to store it does not matter to the wait. */
export const noteThrottle =
  ({ store }: WithStore) =>
  async (until: Instant): Promise<void> =>
    store.putSetting(setting, String(Math.ceil(until))).catch(() => undefined)

/** Until when Rollcall sends no requests; undefined when it does not wait. */
export async function throttledUntil({ store }: WithStore, now: Instant): Promise<Instant | undefined> {
  const until = Number((await store.setting(setting)) ?? 0)
  return Number.isFinite(until) && until > now ? until : undefined
}
