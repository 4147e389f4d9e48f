// Turns a filter of the account list into a query of one snapshot.

import type { AccountQuery } from '../ports.js'
import { parseDuration, type Instant } from '../model/time.js'
import type { Snapshot } from '../model/snapshot.js'
import type { CheckedAccountsRequest } from '../model/account-filter.js'

/** The time of a snapshot: when it was finished, else when it started. */
export const snapshotTime = ({ asOf, startedAt }: Snapshot): Instant => asOf ?? startedAt

/**
 * Turns a filter of the account list into a query of a snapshot. Inactivity counts back from the snapshot, so that all
 * pages of a list agree with each other and with the chart.
 */
export function queryOf({ inactiveFor, ...filter }: CheckedAccountsRequest, snapshot: Snapshot): AccountQuery {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as typeof filter
  const age = inactiveFor === undefined ? undefined : parseDuration(inactiveFor)
  return {
    ...(given as { limit: number }),
    // Exactly that long ago counts as well: instants are whole milliseconds.
    ...(age === undefined ? {} : { inactiveBefore: snapshotTime(snapshot) - age + 1 }),
    ...(given.product === undefined && given.site === undefined ? {} : { seats: 'held' as const }),
    snapshotId: snapshot.id,
  }
}
