// Confirmed people: accounts that look like service accounts, and of which an admin said that they are people. All other
// protection of these accounts stays.

import { z } from 'zod'
import { UsageError } from '../model/errors.js'
import { formatCount } from '../model/format-count.js'
import { inputBounds, requireText } from '../model/input-bounds.js'
import { brandId, type AccountId } from '../model/ids.js'
import { isLikelyMachine } from '../model/machine-name.js'
import { isPerson } from '../model/person.js'
import type { ProtectionRule } from '../model/protection-entry.js'
import type { AuditFact } from '../model/audit-entry.js'
import type { Instant } from '../model/time.js'
import type { Ports } from '../ports.js'
import { newestHead } from '../sync/snapshot-reader.js'

const setting = 'confirmed-people'
const mostPeople = inputBounds.list
/** The most characters of the stored list: Forge SQL takes one megabyte for a value. */
const mostText = 900_000
/** How often Rollcall tries to save a change when others save at the same time. */
const tries = 5

const confirmedPerson = z.object({
  accountId: z.string().min(1),
  reason: z.string(),
  by: z.string(),
  at: z.number(),
})

/** An account of which an admin said that it is a person. */
export interface ConfirmedPerson {
  readonly accountId: AccountId
  readonly reason: string
  readonly by: string
  readonly at: Instant
}

/** Reads the stored list. An unreadable list confirms nobody, which is safe: the accounts stay protected. */
function parse(text: string | undefined): readonly ConfirmedPerson[] {
  try {
    const read = z.array(confirmedPerson).parse(JSON.parse(text ?? '[]'))
    return read.map((one) => ({ ...one, accountId: brandId<AccountId>(one.accountId) }))
  } catch {
    return []
  }
}

/** Lists the accounts of which an admin said that they are people. */
export const confirmedPeople = async ({ store }: Pick<Ports, 'store'>): Promise<readonly ConfirmedPerson[]> =>
  parse(await store.setting(setting))

/** The rules that lift the protection of accounts that look like service accounts. */
export const confirmedRules = async (ports: Pick<Ports, 'store'>): Promise<readonly ProtectionRule[]> =>
  (await confirmedPeople(ports)).map(({ accountId, reason, by, at }) => ({
    subject: accountId,
    reason,
    by,
    addedAt: at,
    isPerson: true,
  }))

/** The protected list with the confirmed people: everything that decides whether an account is protected. */
export async function protectionRules(ports: Pick<Ports, 'store'>): Promise<readonly ProtectionRule[]> {
  const list = await ports.store.protections()
  const people = await confirmedRules(ports)
  return people.length === 0 ? list : [...list, ...people]
}

/** Changes the list on top of what others saved in the meantime. Logs it first, and once. */
async function change(
  next: (people: readonly ConfirmedPerson[]) => readonly ConfirmedPerson[],
  fact: Omit<AuditFact, 'at'>,
  { store, auditLog, system }: Ports,
): Promise<void> {
  for (let tried = 0; tried < tries; tried += 1) {
    const read = await store.setting(setting)
    const text = JSON.stringify(next(parse(read)))
    if (text.length > mostText)
      throw new UsageError('The list of confirmed people is full. Remove some, or give shorter reasons.')
    if (tried === 0) await auditLog.append({ ...fact, at: system.now() })
    if (await store.replaceSetting(setting, text, read)) return
  }
  throw new UsageError('Others are confirming people at the same time. Nothing was saved. Try again.')
}

/** Throws for an account to which this would make no difference: somebody most likely mistyped its id. */
async function requireLikelyMachine(accountId: AccountId, ports: Ports): Promise<void> {
  const { id, organization } = await newestHead(ports)
  const account = await ports.store.account(id, accountId)
  if (account === undefined)
    throw new UsageError(
      `The newest snapshot of ${organization.name} has no account ${accountId}. Check the id.`,
      undefined,
      'sync-first',
    )
  if (!isPerson(account))
    throw new UsageError(
      `Atlassian lists ${accountId} as an ${account.accountType} account, not as a person. It stays protected.`,
    )
  if (!isLikelyMachine(account))
    throw new UsageError(`${accountId} does not look like a service account, so there is nothing to confirm.`)
}

/**
 * Says that an account which looks like a service account is a person. Logs it first. Guard then refuses plans that were
 * made before.
 */
export async function confirmPerson(
  accountId: string,
  reason: string,
  by: string,
  ports: Ports,
): Promise<ConfirmedPerson> {
  requireText('reason', 'reason', reason)
  requireText('account', 'id', accountId)
  const id = brandId<AccountId>(accountId.trim())
  await requireLikelyMachine(id, ports)
  const person = { accountId: id, reason, by, at: ports.system.now() }
  const add = (people: readonly ConfirmedPerson[]) => {
    const others = people.filter((one) => one.accountId !== id)
    if (others.length >= mostPeople)
      throw new UsageError(
        `${formatCount(mostPeople)} accounts are confirmed as people already. Remove some that you no longer need.`,
      )
    return [...others, person].toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))
  }
  await change(add, { actor: by, event: 'person-confirmed', subject: id, reason }, ports)
  return person
}

/** Takes that back: the account is protected again while it looks like a service account. Logs it first. */
export async function unconfirmPerson(accountId: string, reason: string, by: string, ports: Ports): Promise<void> {
  requireText('reason', 'reason', reason)
  const id = accountId.trim()
  if (!(await confirmedPeople(ports)).some((one) => one.accountId === id))
    throw new UsageError(`Nobody has confirmed ${id} as a person.`, undefined, 'show-protected-list')
  const without = (people: readonly ConfirmedPerson[]) => people.filter((one) => one.accountId !== id)
  const fact = { actor: by, event: 'person-removed' as const, subject: id, ...(reason === '' ? {} : { reason }) }
  await change(without, fact, ports)
}
