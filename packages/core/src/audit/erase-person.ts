// Erase a person: removes the name and email of an account wherever Rollcall keeps them. The audit trail stays, by account
// id. Rollcall only reports text that people typed: it never removes a protection silently.

import type { Account } from '../model/account.js'
import { UsageError } from '../model/errors.js'
import { parseAccountId, type AccountId, type SnapshotId } from '../model/ids.js'
import { mentionsOf, type NamedBy } from './mentions.js'
import type { Ports } from '../ports.js'
import type { AuditEntry } from '../model/audit-entry.js'

/** The most snapshots that keep their accounts. */
const snapshots = 10

/** How much Rollcall erased, and where the name or the address remains, for the admin to change. */
export interface ErasedPerson {
  /** Audit entries whose personal data Rollcall erased. */
  readonly entries: number
  /** Audit entries with a reason that contains it. They are part of the chain and stay. */
  readonly chained: number
  /** Subjects of the protected list. */
  readonly protections: readonly string[]
  /** Names of cleanup policies. */
  readonly policies: readonly string[]
  /** Names of saved filters. */
  readonly filters: readonly string[]
}

type Reading = (after: number) => AsyncIterable<AuditEntry>
type Kept = readonly (readonly [SnapshotId, Account])[]

async function keptIn(accountId: AccountId, { store }: Ports): Promise<Kept> {
  const unfinished = await store.unfinishedSnapshot()
  const kept: (readonly [SnapshotId, Account])[] = []
  for (const { id } of [...(await store.snapshotHeads(snapshots)), ...(unfinished === undefined ? [] : [unfinished])]) {
    const account = await store.account(id, accountId)
    if (account !== undefined) kept.push([id, account])
  }
  return kept
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The names and addresses of an account: from the kept snapshots, and from the personal data of its audit entries. */
async function namesOf(accountId: AccountId, kept: Kept, read: Reading): Promise<readonly NamedBy[]> {
  const names: NamedBy[] = kept.map(([, { name, email }]) => ({ name, email }))
  for await (const { fact, personal } of read(0))
    if (fact.subject === accountId && personal !== undefined)
      names.push({ name: textOf(personal.data['name']), email: textOf(personal.data['email']) })
  return names
}

/** Finds entries whose personal data contains an address, and counts facts that contain it or a name, which others may share. */
async function mentionedIn(names: readonly NamedBy[], read: Reading) {
  const [mentions, holdsAddress] = [mentionsOf(names), mentionsOf(names.map(({ email }) => ({ name: '', email })))]
  const withAddress: number[] = []
  let chained = 0
  for await (const { index, fact, personal } of read(0)) {
    if (personal !== undefined && holdsAddress(personal.data)) withAddress.push(index)
    if (mentions(fact)) chained += 1
  }
  return { mentions, withAddress, chained }
}

/**
 * Erases name and email of an account in the kept snapshots and in the personal data of audit entries; `address` is a
 * further address of the account. Throws a `UsageError` for an invalid id or address.
 */
export async function erasePerson(
  text: string,
  address: string | undefined,
  by: string,
  read: Reading,
  filtersOf: () => Promise<readonly { readonly name: string }[]>,
  ports: Ports,
): Promise<ErasedPerson> {
  const { store, auditLog, system } = ports
  const accountId = parseAccountId(text.trim())
  if (accountId === undefined) throw new UsageError(`"${text}" is not an account id.`)
  if (address !== undefined && !/^[^\s@]+@[^\s@]+$/.test(address.trim()))
    throw new UsageError(`"${address}" is not an email address.`)
  await auditLog.append({ at: system.now(), actor: by, event: 'forgotten', subject: accountId })
  const kept = await keptIn(accountId, ports)
  const names = [...(await namesOf(accountId, kept, read)), { name: '', email: address ?? '' }]
  const { mentions, withAddress, chained } = await mentionedIn(names, read)
  // The snapshots come last: after an interruption, the next call finds the address there.
  const entries = await auditLog.erase(accountId, withAddress)
  for (const [id, account] of kept) await store.putAccounts(id, [{ ...account, name: '', email: '' }])
  const named = <Item>(all: readonly Item[], name: (item: Item) => string) => all.filter(mentions).map(name)
  return {
    entries,
    chained,
    protections: named(await store.protections(), ({ subject }) => subject),
    policies: named(await store.policies(), ({ name }) => name),
    filters: named(await filtersOf(), ({ name }) => name),
  }
}
