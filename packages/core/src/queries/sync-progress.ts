// The progress of the running sync.

import type { Ports } from '../ports.js'
import { canContinue } from '../sync/sync.js'
import { formatInstant } from '../model/time.js'

/** Describes the unfinished sync; null when there is none, or when it can no longer continue. */
export async function syncProgress({ store, system }: Pick<Ports, 'store' | 'system'>) {
  const begun = await store.unfinishedSnapshot()
  if (begun === undefined || !canContinue(begun, system.now())) return null
  const { accounts, expected, startedAt, checkpointAt = startedAt } = begun
  /** `movedAt`: when Rollcall wrote the newest portion. */
  return { accounts, expected, startedAt: formatInstant(startedAt), movedAt: formatInstant(checkpointAt) }
}
