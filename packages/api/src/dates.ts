// Dates as they are asked with.

import { parseInstant, UsageError, type Instant } from '@rollcall/core'

/** Reads a date or an instant, where one is given. */
export function instantIn(given: string | undefined): Instant | undefined {
  const at = given === undefined ? undefined : parseInstant(given)
  if (given !== undefined && at === undefined) throw new UsageError(`"${given}" is not a date such as 2027-01-31.`)
  return at
}
