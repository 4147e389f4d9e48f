// The limits of the organization, as the store keeps them.

import { UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import type { Limits, SomeLimits } from '../model/limits.js'
import { defaultLimits, someLimits, resolveLimits } from '../model/limits.js'

export const setting = 'limits'

export async function ownLimits({ store }: Pick<Ports, 'store'>): Promise<SomeLimits> {
  const stored = await store.setting(setting)
  if (stored === undefined) return {}
  try {
    return someLimits.parse(JSON.parse(stored))
  } catch {
    throw new UsageError('Rollcall cannot read the limits in the database, so nothing runs.', undefined, 'set-limits')
  }
}

/** Reads the limits of the organization. Throws a `UsageError` when the stored ones are unreadable. */
export const readLimits = async (ports: Pick<Ports, 'store'>): Promise<Limits> =>
  resolveLimits(defaultLimits, await ownLimits(ports))
