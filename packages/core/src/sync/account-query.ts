// Turns a filter of the account list into a query of one snapshot.

import { isProduct, isSite } from '../model/product-name.js'
import type { AccountQuery } from '../ports.js'
import { parseDuration, type Instant } from '../model/time.js'
import type { SnapshotHead } from '../model/snapshot.js'
import type { CheckedAccountsRequest } from '../model/account-filter.js'

/** The time of a snapshot: when it was finished, else when it started. */
export const snapshotTime = ({ asOf, startedAt }: SnapshotHead): Instant => asOf ?? startedAt

/** The site and the product of a filter as Atlassian writes them: hosts have no case, and a product has two names. */
function placeNamed({ site, product }: CheckedAccountsRequest, { seats }: SnapshotHead) {
  const key = seats.find((one) => one.product === product) ?? seats.find((one) => isProduct(one.product, product ?? ''))
  return {
    ...(site === undefined ? {} : { site: seats.find((one) => isSite(one.site, site))?.site ?? site.toLowerCase() }),
    ...(product === undefined ? {} : { product: key?.product ?? product }),
  }
}

/**
 * Turns a filter of the account list into a query of a snapshot. Inactivity counts back from the snapshot, so that all
 * pages of a list agree with each other and with the chart.
 */
export function queryOf({ inactiveFor, ...asked }: CheckedAccountsRequest, snapshot: SnapshotHead): AccountQuery {
  const filter = { ...asked, ...placeNamed(asked, snapshot) }
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
