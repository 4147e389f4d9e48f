// Erase a person: removes the name and e-mail of an account wherever Rollcall keeps them. The audit trail stays, by account
// id. Text that people typed is reported instead: Rollcall removes no protection in silence.

import type { Account } from '../model/account.js'
import { UsageError } from '../model/errors.js'
import { parseAccountId, type AccountId, type SnapshotId } from '../model/ids.js'
import { mentionsOf, type NamedBy } from './mentions.js'
import type { Ports } from '../ports.js'
import type { AuditEntry } from '../model/audit-entry.js'

/** As many snapshots as may be kept with their accounts. */
const snapshots = 10

/** What was erased, and what still holds the name or the address, for a person to change. */
export interface ErasedPerson {
  /** Audit entries that lost what stood beside them. */
  readonly entries: number
  /** Audit entries in which somebody typed it, as a reason: they are chained, and stay. */
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
  const underWay = await store.unfinishedSnapshot()
  const kept: (readonly [SnapshotId, Account])[] = []
  for (const { id } of [...(await store.snapshots(snapshots)), ...(underWay === undefined ? [] : [underWay])]) {
    const account = await store.account(id, accountId)
    if (account !== undefined) kept.push([id, account])
  }
  return kept
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** By what an account is known: in the kept snapshots, and beside the entries about it. */
async function namesOf(accountId: AccountId, kept: Kept, read: Reading): Promise<readonly NamedBy[]> {
  const names: NamedBy[] = kept.map(([, { name, email }]) => ({ name, email }))
  for await (const { fact, personal } of read(0))
    if (fact.subject === accountId && personal !== undefined)
      names.push({ name: textOf(personal.data['name']), email: textOf(personal.data['email']) })
  return names
}

/** The entries beside which an address stands, and how many hold it, or the name, themselves. Others may have the name. */
async function mentionedIn(names: readonly NamedBy[], read: Reading) {
  const [mentions, holdsAddress] = [mentionsOf(names), mentionsOf(names.map(({ email }) => ({ name: '', email })))]
  const beside: number[] = []
  let chained = 0
  for await (const { index, fact, personal } of read(0)) {
    if (personal !== undefined && holdsAddress(personal.data)) beside.push(index)
    if (mentions(fact)) chained += 1
  }
  return { mentions, beside, chained }
}

/**
 * Erases name and e-mail of an account in the kept snapshots, and beside the audit log wherever they stand; `address` is
 * one that it had besides. Says what it erased, and what still holds them.
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
    throw new UsageError(`"${address}" is not an e-mail address.`)
  await auditLog.append({ at: system.now(), actor: by, event: 'forgotten', subject: accountId })
  const kept = await keptIn(accountId, ports)
  const names = [...(await namesOf(accountId, kept, read)), { name: '', email: address ?? '' }]
  const { mentions, beside, chained } = await mentionedIn(names, read)
  // The snapshots come last: after an interruption the address is still found there.
  const entries = await auditLog.erase(accountId, beside)
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
