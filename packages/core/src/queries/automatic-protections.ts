// Accounts that are always protected, without an entry in the list: admins, app accounts and likely service accounts.

import type { Account } from '../model/account.js'
import type { Exclusion } from '../model/exclusion.js'
import type { SnapshotId } from '../model/ids.js'
import { versionOf, type SnapshotHead } from '../model/snapshot.js'
import type { AccountQuery, Ports } from '../ports.js'
import { protectedDigest } from '../guard/digests.js'
import { protectedBy, type ProtectionRule } from '../model/protection.js'
import { exclusionText } from '../policy/exclusion-texts.js'
import { confirmedRules } from '../settings/confirmed-people.js'
import { accountsOf, newestHead } from '../sync/snapshot-reader.js'

export interface AutomaticQuery {
  readonly search?: string
  readonly after?: string
  readonly limit: number
}

/** How many accounts one read examines: few of them are protected. */
const scanLimit = 1000
const setting = 'automatic-protections'

async function counted(snapshotId: SnapshotId, rules: readonly ProtectionRule[], ports: Ports): Promise<number> {
  let total = 0
  for await (const account of accountsOf({ snapshotId }, ports))
    if (protectedBy(account, rules, ports.system.now()) !== undefined) total += 1
  return total
}

/** Counts once per version of the snapshot and of the confirmed people, and stores the result. */
async function rememberedTotal(
  snapshot: SnapshotHead,
  rules: readonly ProtectionRule[],
  ports: Ports,
): Promise<number> {
  const { store } = ports
  const [id, known] = ((await store.setting(setting)) ?? '').split(' ')
  const version = versionOf(snapshot) + (rules.length === 0 ? '' : `+${await protectedDigest(rules, ports)}`)
  if (id === version && /^\d+$/.test(known ?? '')) return Number(known)
  const total = await counted(snapshot.id, rules, ports)
  await store.putSetting(setting, `${version} ${total}`)
  return total
}

const listed = ({ accountId, name, email }: Account, because: Exclusion) => ({
  accountId,
  name,
  email,
  because: exclusionText(because),
  /** True where an admin can say that it is a person. */
  confirmable: because.code === 'likely-service-account',
})

/** Lists one page of the accounts that are always protected, in the order of their ids. */
async function pageOf(
  query: Omit<AccountQuery, 'limit'>,
  limit: number,
  rules: readonly ProtectionRule[],
  ports: Ports,
) {
  const accounts: ReturnType<typeof listed>[] = []
  let place: AccountQuery = { ...query, limit: scanLimit }
  /** Where a full page ends: after this many accounts. */
  let end: AccountQuery | undefined
  for (;;) {
    const page = await ports.store.accounts(place)
    for (const [index, account] of page.accounts.entries()) {
      const because = protectedBy(account, rules, ports.system.now())
      if (because === undefined) continue
      // One account more than fits on the page: another page follows, and it is not empty.
      if (end !== undefined) return { accounts, next: (await ports.store.accounts(end)).next ?? null }
      accounts.push(listed(account, because))
      if (accounts.length === limit) end = { ...place, limit: index + 1 }
    }
    if (page.next === undefined) return { accounts, next: null }
    place = { ...place, after: page.next }
  }
}

/** Lists one page of the accounts that are always protected, each with its reason, and counts them all. */
export async function automaticProtections({ search, after, limit }: AutomaticQuery, ports: Ports) {
  const snapshot = await newestHead(ports)
  const rules = await confirmedRules(ports)
  const found = search === undefined || search === '' ? {} : { search }
  const page = await pageOf(
    { snapshotId: snapshot.id, ...found, ...(after === undefined ? {} : { after }) },
    limit,
    rules,
    ports,
  )
  return { total: await rememberedTotal(snapshot, rules, ports), ...page }
}
