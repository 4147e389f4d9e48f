// The protected list, a page at a time, with account names: it may have tens of thousands of entries.

import type { Account } from '../model/account.js'
import { brandId, type AccountId, type SnapshotId } from '../model/ids.js'
import type { Ports } from '../ports.js'
import type { Protection } from '../model/protection.js'
import type { Coverage } from './protection-coverage.js'
import { formatInstant } from '../model/time.js'

export interface ProtectionQuery {
  /** Part of a subject, a reason or an author, or of the name or email of the account. */
  readonly search?: string
  readonly after?: string
  readonly limit: number
}

/** How many entries one step of a search examines. */
const scanLimit = 500

const isAccount = ({ subject }: Protection): boolean => !/^(group|email):/.test(subject)

type People = ReadonlyMap<string, Pick<Account, 'name' | 'email'>>

/** Finds the accounts of some entries. */
async function peopleOf(
  entries: readonly Protection[],
  snapshot: SnapshotId | undefined,
  { store }: Ports,
): Promise<People> {
  const ids = entries.filter(isAccount).map(({ subject }) => brandId<AccountId>(subject))
  const found = snapshot === undefined || ids.length === 0 ? [] : await store.someAccounts(snapshot, ids)
  return new Map(found.map((account) => [account.accountId, account]))
}

function fits({ subject, reason, by }: Protection, people: People, search: string): boolean {
  const { name = '', email = '' } = people.get(subject) ?? {}
  return [subject, reason, by, name, email].some((text) => text.toLowerCase().includes(search))
}

function listed({ subject, reason, by, addedAt, until }: Protection, people: People) {
  const name = people.get(subject)?.name ?? ''
  const ends = until === undefined ? null : formatInstant(until)
  return { subject, name: name === '' ? null : name, reason, by, addedAt: formatInstant(addedAt), until: ends }
}

/** Lists one page of the entries in the order of their subjects, and counts them all. */
export async function protectionList(
  { search = '', after = '', limit }: ProtectionQuery,
  coverage: Coverage,
  ports: Ports,
) {
  const [snapshot] = await ports.store.snapshotHeads(1)
  const list = await ports.store.protections()
  const all = list.toSorted((a, b) => (a.subject < b.subject ? -1 : 1))
  const rest = all.filter(({ subject }) => subject > after)
  const wanted = search.toLowerCase()
  const atOnce = wanted === '' ? limit + 1 : scanLimit
  const entries: ReturnType<typeof listed>[] = []
  // One entry more than fits on the page: another page follows.
  for (let start = 0; start < rest.length && entries.length <= limit; start += atOnce) {
    const some = rest.slice(start, start + atOnce)
    const people = await peopleOf(some, snapshot?.id, ports)
    for (const entry of some) if (fits(entry, people, wanted)) entries.push(listed(entry, people))
  }
  const shown = await coverage(entries.slice(0, limit), list)
  return { entries: shown, next: entries.length > limit ? (shown.at(-1)?.subject ?? null) : null, total: all.length }
}
