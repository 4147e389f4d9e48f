// Dates in requests.

import { parseInstant, UsageError, type Instant } from '@rollcall/core'

/** Reads an optional date or instant. */
export function instantIn(given: string | undefined): Instant | undefined {
  const at = given === undefined ? undefined : parseInstant(given)
  if (given !== undefined && at === undefined)
    throw new UsageError(`"${given.slice(0, 100)}" is not a date such as 2027-01-31.`)
  return at
}
