// Turns a filter of the account list into a query of one snapshot.

import type { AccountQuery } from '../ports.js'
import { parseDuration, type Instant } from '../model/time.js'
import type { Snapshot } from '../model/snapshot.js'
import type { CheckedAccountsRequest } from '../model/account-filter.js'

export const rollOf = ({ asOf, startedAt }: Snapshot): Instant => asOf ?? startedAt

/**
 * Turns a filter of the account list into a query of a snapshot. Inactivity is measured up to the snapshot, so every page
 * of a list, and the chart, count alike.
 */
export function queryOf({ inactiveFor, ...filter }: CheckedAccountsRequest, snapshot: Snapshot): AccountQuery {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as typeof filter
  const age = inactiveFor === undefined ? undefined : parseDuration(inactiveFor)
  return {
    ...(given as { limit: number }),
    // Exactly so long ago counts as well: instants are whole milliseconds.
    ...(age === undefined ? {} : { inactiveBefore: rollOf(snapshot) - age + 1 }),
    snapshotId: snapshot.id,
  }
}
