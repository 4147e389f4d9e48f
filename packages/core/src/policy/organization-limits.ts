// The limits of the organization, as the store keeps them.

import { UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import type { Limits, SomeLimits } from '../model/limits.js'
import { organizationLimits, someLimits } from '../model/limits.js'

export const setting = 'limits'

/** The limits in the stored setting. Throws a `UsageError` when they are unreadable. */
export function parseOwnLimits(stored: string | undefined): SomeLimits {
  if (stored === undefined) return {}
  try {
    return someLimits.parse(JSON.parse(stored))
  } catch {
    throw new UsageError('Rollcall cannot read the limits in the database, so nothing runs.', undefined, 'set-limits')
  }
}

/** Reads the limits of the organization. Throws a `UsageError` when the stored ones are unreadable. */
export const readLimits = async ({ store }: Pick<Ports, 'store'>): Promise<Limits> =>
  organizationLimits(parseOwnLimits(await store.setting(setting)))
