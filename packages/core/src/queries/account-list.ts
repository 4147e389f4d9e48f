// The account list: one page of the newest snapshot, as JSON.

import { believed, lastActiveAnywhere, type Account, type LastActive } from '../model/account.js'
import { canonicalJson } from '../model/canonical-json.js'
import type { AccountQuery, Ports } from '../ports.js'
import { protectedBy, type ProtectionRule } from '../model/protection.js'
import { exclusionText } from '../policy/exclusion-texts.js'
import { versionOf } from '../model/snapshot.js'
import { formatInstant, type Instant } from '../model/time.js'
import { newestHead } from '../sync/snapshot-reader.js'
import type { CheckedAccountsRequest } from '../model/account-filter.js'
import { protectionRules } from '../settings/confirmed-people.js'
import { snapshotTime, queryOf } from '../sync/account-query.js'
import { requireNames } from '../sync/filter-names.js'

type LastActiveView =
  | { readonly at: string }
  | { readonly never: true; readonly since: string }
  | { readonly unknown: string }

const filtersRemembered = 200

export function viewLastActive(shown: LastActive): LastActiveView {
  const last = believed(shown)
  if (last.kind === 'at') return { at: formatInstant(last.at) }
  return last.kind === 'never' ? { never: true, since: formatInstant(last.since) } : { unknown: last.why }
}

/** An account as JSON. Times are ISO strings. */
export function viewAccount(account: Account, protections: readonly ProtectionRule[], now: Instant) {
  const by = protectedBy(account, protections, now)
  const { accountId, name, email, managed, synced, accountStatus, membershipStatus } = account
  const products = account.products.map(({ site, product, lastActive }) => ({
    site,
    product,
    lastActive: viewLastActive(lastActive),
  }))
  return {
    accountId,
    name,
    email,
    managed,
    synced,
    accountStatus,
    membershipStatus,
    protected: by === undefined ? null : { by: exclusionText(by) },
    lastActive: viewLastActive(lastActiveAnywhere(account)),
    products,
    groups: account.groups.map(({ name: group }) => group),
  }
}

/** Counts what a filter matches: once for each version of the snapshot. */
export function totalsOf({ store }: Pick<Ports, 'store'>) {
  const remembered = new Map<string, number>()
  return async (query: AccountQuery, version: string): Promise<number> => {
    const { limit: _limit, after: _after, sort: _sort, ...filter } = query
    const key = `${version} ${canonicalJson(filter)}`
    const total = remembered.get(key) ?? (await store.countAccounts(filter))
    remembered.delete(key)
    remembered.set(key, total)
    const [oldest] = remembered.size > filtersRemembered ? remembered.keys() : []
    if (oldest !== undefined) remembered.delete(oldest)
    return total
  }
}
export type Totals = ReturnType<typeof totalsOf>

/** Lists one page of accounts, and counts all that the filter matches. */
export async function listAccounts(request: CheckedAccountsRequest, totals: Totals, ports: Ports) {
  const { store, system } = ports
  const snapshot = await newestHead(ports)
  const query = queryOf(request, snapshot)
  const page = await store.accounts(query)
  if (page.accounts.length === 0) await requireNames(query, snapshot, ports)
  const protections = await protectionRules(ports)
  return {
    asOf: formatInstant(snapshotTime(snapshot)),
    total: await totals(query, versionOf(snapshot)),
    accounts: page.accounts.map((account) => viewAccount(account, protections, system.now())),
    next: page.next ?? null,
  }
}
