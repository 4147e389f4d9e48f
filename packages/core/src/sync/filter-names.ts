// A filter that matches nothing may name something that does not exist: then a sentence says what does.

import { UsageError } from '../model/errors.js'
import { listed } from '../model/listed.js'
import { productName } from '../model/product-name.js'
import { sameName } from '../model/same-name.js'
import type { SnapshotHead } from '../model/snapshot.js'
import type { AccountQuery, Ports } from '../ports.js'

type Names = Pick<AccountQuery, 'snapshotId' | 'site' | 'product' | 'inGroup'>

/** How many names a message lists. */
const few = 5

const some = (names: readonly string[]): string => {
  const unique = [...new Set(names)]
  if (unique.length === 0) return ''
  return ` There ${unique.length === 1 ? 'is' : 'are'} ${listed(unique.slice(0, few))}${unique.length > few ? ' and more' : ''}.`
}

const withKey = (key: string): string => (productName(key) === key ? key : `${key} (${productName(key)})`)

/** Throws a `UsageError` for a site, a product or a group that the snapshot does not have. */
export async function requireNames(
  query: Names,
  snapshot: SnapshotHead,
  { store }: Pick<Ports, 'store'>,
): Promise<void> {
  const { snapshotId, site, product, inGroup } = query
  const { seats, organization } = snapshot
  const isKnown = async (filter: Omit<Names, 'snapshotId'>) =>
    (await store.countAccounts({ snapshotId, ...filter })) > 0
  if (site !== undefined && !seats.some((one) => one.site === site) && !(await isKnown({ site })))
    throw new UsageError(`${organization.name} has no site "${site}".${some(seats.map((one) => one.site))}`)
  if (product !== undefined && !seats.some((one) => one.product === product) && !(await isKnown({ product })))
    throw new UsageError(
      `${organization.name} has no product "${product}".${some(seats.map((one) => withKey(one.product)))}`,
    )
  if (site !== undefined && product !== undefined) {
    const there = seats.filter((one) => one.site === site).map((one) => withKey(one.product))
    if (!seats.some((one) => one.site === site && one.product === product) && !(await isKnown({ site, product })))
      throw new UsageError(`The site "${site}" has no product "${product}".${some(there)}`)
  }
  const groups = inGroup === undefined ? [] : ((await store.snapshot(snapshotId))?.groups ?? [])
  if (inGroup !== undefined && !groups.some(({ name }) => sameName(name, inGroup)) && !(await isKnown({ inGroup })))
    throw new UsageError(
      `No account in the newest snapshot is in a group "${inGroup}".${some(groups.map(({ name }) => name))}`,
    )
}
