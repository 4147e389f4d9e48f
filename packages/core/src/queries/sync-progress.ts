// How far the running sync is, for every page that shows it.

import type { Ports } from '../ports.js'
import { canContinue } from '../sync/sync.js'
import { formatInstant } from '../model/time.js'

/** Describes the sync that has begun and not finished; null where there is none, or it was abandoned. */
export async function syncProgress({ store, system }: Pick<Ports, 'store' | 'system'>) {
  const begun = await store.unfinishedSnapshot()
  if (begun === undefined || !canContinue(begun, system.now())) return null
  const { accounts, expected, startedAt, checkpointAt = startedAt } = begun
  /** `movedAt`: when Rollcall wrote the newest portion. */
  return { accounts, expected, startedAt: formatInstant(startedAt), movedAt: formatInstant(checkpointAt) }
}
