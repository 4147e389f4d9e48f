// Who is protected without an entry: admins, what is no person, and what looks like a service account.

import type { AccountId, SnapshotId } from '../model/ids.js'
import type { AccountQuery, Ports } from '../ports.js'
import { protectedBy } from '../model/protection.js'
import { accountsOf, newestSnapshot } from '../sync/snapshot-reader.js'

export interface AutomaticQuery {
  readonly search?: string
  readonly after?: string
  readonly limit: number
}

export interface ProtectedPerson {
  readonly accountId: AccountId
  readonly name: string
  readonly email: string
  readonly because: string
}

/** So many accounts are looked at at once: few of them are protected. */
const lookedAt = 1000
const setting = 'automatic-protections'

async function counted(snapshotId: SnapshotId, ports: Ports): Promise<number> {
  let total = 0
  for await (const account of accountsOf({ snapshotId }, ports))
    if (protectedBy(account, [], ports.system.now()) !== undefined) total += 1
  return total
}

/** Counts once for each snapshot, and remembers that: the accounts of a finished snapshot do not change. */
async function rememberedTotal(snapshotId: SnapshotId, ports: Ports): Promise<number> {
  const { store } = ports
  const [id, known] = ((await store.setting(setting)) ?? '').split(' ')
  if (id === snapshotId && /^\d+$/.test(known ?? '')) return Number(known)
  const total = await counted(snapshotId, ports)
  await store.putSetting(setting, `${snapshotId} ${total}`)
  return total
}

/** Lists one page of those that are protected by themselves, in the order of their ids. */
async function pageOf(query: Omit<AccountQuery, 'limit'>, limit: number, ports: Ports) {
  const accounts: ProtectedPerson[] = []
  let place: AccountQuery = { ...query, limit: lookedAt }
  /** Where the page ends, once it is full: behind so many accounts from there. */
  let end: AccountQuery | undefined
  for (;;) {
    const looked = await ports.store.accounts(place)
    for (const [index, account] of looked.accounts.entries()) {
      const because = protectedBy(account, [], ports.system.now())
      if (because === undefined) continue
      // One more than the page holds says that another page follows, and nobody is asked for one that is empty.
      if (end !== undefined) return { accounts, next: (await ports.store.accounts(end)).next ?? null }
      const { accountId, name, email } = account
      accounts.push({ accountId, name, email, because })
      if (accounts.length === limit) end = { ...place, limit: index + 1 }
    }
    if (looked.next === undefined) return { accounts, next: null }
    place = { ...place, after: looked.next }
  }
}

/** Lists one page of the accounts that are protected by themselves, each with its reason, and counts them all. */
export async function automaticProtections({ search, after, limit }: AutomaticQuery, ports: Ports) {
  const { id: snapshotId } = await newestSnapshot(ports)
  const found = search === undefined || search === '' ? {} : { search }
  const page = await pageOf({ snapshotId, ...found, ...(after === undefined ? {} : { after }) }, limit, ports)
  return { total: await rememberedTotal(snapshotId, ports), ...page }
}
export type AutomaticProtections = Awaited<ReturnType<typeof automaticProtections>>
