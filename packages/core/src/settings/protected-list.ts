// The protected list: accounts that Rollcall never changes. Each entry has a reason, an author and optionally an end.

import { UsageError } from '../model/errors.js'
import { brandId, parseAccountId, type AccountId, type GroupId } from '../model/ids.js'
import type { Ports } from '../ports.js'
import { endOf, withoutPersonalData, type Protection } from '../model/protection.js'
import type { Instant } from '../model/time.js'
import type { Snapshot } from '../model/snapshot.js'
import { accountsOf } from '../sync/snapshot-reader.js'

/** Characters that no address contains: a pattern with one of them, such as a pasted CSV line, would protect no account. */
const noAddress = /[,;\s\p{Cc}\p{Cf}]/u

/** Parses an account id, `group:NAME` or `email:PATTERN`. Throws a `UsageError` for anything else. */
export function parseSubject(text: string): string {
  const prefix = /^\s*(group|email):/i.exec(text)?.[0]
  const [kind, rest] =
    prefix === undefined ? ['', text.trim()] : [prefix.trim().toLowerCase(), text.slice(prefix.length).trim()]
  if (kind === 'email:' && noAddress.test(rest))
    throw new UsageError(
      `"${text}" cannot be protected: an email pattern contains no comma, semicolon, space or control character. Give only the pattern, such as email:*@partner.example.`,
    )
  if (kind !== '' && rest !== '') return kind + rest
  if (kind === '' && parseAccountId(rest) !== undefined) return rest
  throw new UsageError(
    `"${text}" cannot be protected. Give an account id, group:NAME or email:PATTERN, such as email:*@partner.example.`,
  )
}

/** Throws for an account that is not in the snapshot: somebody most likely mistyped its id. */
async function requireAccount(subject: string, { id, organization }: Snapshot, { store }: Ports): Promise<void> {
  if ((await store.account(id, brandId<AccountId>(subject))) !== undefined) return
  throw new UsageError(
    `The newest snapshot of ${organization.name} has no account ${subject}. Check the id.`,
    undefined,
    'sync-first',
  )
}

/** Finds the ids of a group in all directories, by its members. Throws for a group without members: most likely a typo. */
async function idsOfGroup(name: string, snapshot: Snapshot, ports: Ports): Promise<readonly GroupId[]> {
  const ids = new Set<GroupId>()
  for await (const { groups } of accountsOf({ snapshotId: snapshot.id, inGroup: name }, ports))
    for (const group of groups) if (group.name.toLowerCase() === name.toLowerCase()) ids.add(group.id)
  if (ids.size > 0) return [...ids]
  throw new UsageError(
    `No account in the newest snapshot of ${snapshot.organization.name} is in a group ${name}. Check the name.`,
    undefined,
    'sync-first',
  )
}

/** Resolves a group to ids, and throws for a subject that protects no account. An email pattern may match none yet. */
async function groupsMeant(subject: string, ports: Ports): Promise<readonly GroupId[]> {
  const [snapshot] = await ports.store.snapshots(1)
  if (snapshot === undefined || subject.startsWith('email:')) return []
  if (subject.startsWith('group:')) return idsOfGroup(subject.slice('group:'.length), snapshot, ports)
  await requireAccount(subject, snapshot, ports)
  return []
}

/** An email pattern is personal data, so the log keeps it outside the chain, where Rollcall can erase it. */
const textOf = (subject: string) => (subject.startsWith('email:') ? { subject } : undefined)

/** Throws for an end in the past: the entry would protect no account. */
function mustLieAhead(until: Instant | undefined, now: Instant): void {
  if (until !== undefined && endOf(until) <= now) throw new UsageError('The end of a protection must be in the future.')
}

/** Adds an entry, or replaces the entry of the same subject. Logs it first. */
export async function protect(
  entry: { readonly subject: string; readonly reason: string; readonly until?: Instant | undefined },
  by: string,
  ports: Ports,
): Promise<Protection> {
  const { store, auditLog, system } = ports
  const { reason, until } = entry
  const subject = parseSubject(entry.subject)
  const groupIds = await groupsMeant(subject, ports)
  const now = system.now()
  mustLieAhead(until, now)
  const ends = until === undefined ? {} : { until }
  const meant = groupIds.length === 0 ? {} : { groupIds }
  const protection: Protection = { subject, reason, by, addedAt: now, ...meant, ...ends }
  const details = until === undefined ? {} : { details: { until } }
  const fact = { at: now, actor: by, subject: withoutPersonalData(subject), reason, ...details }
  await auditLog.append({ ...fact, event: 'protected' }, textOf(subject))
  await store.putProtection(protection)
  return protection
}

const endOrNever = (until: Instant | undefined): Instant => (until === undefined ? Infinity : endOf(until))

/**
 * Protects several subjects, and reports each one that failed with its message. An entry that lasts longer stays as it
 * is: selecting many accounts never shortens a permanent protection.
 */
export async function protectSeveral(
  texts: readonly string[],
  entry: { readonly reason: string; readonly until?: Instant | undefined },
  by: string,
  ports: Ports,
) {
  const { store, system } = ports
  mustLieAhead(entry.until, system.now())
  const ends = new Map((await store.protections()).map(({ subject, until }) => [subject, endOrNever(until)]))
  const problems: { readonly subject: string; readonly message: string }[] = []
  const subjects = new Set(texts)
  let already = 0
  for (const text of subjects)
    try {
      const subject = parseSubject(text)
      if ((ends.get(subject) ?? -Infinity) >= endOrNever(entry.until)) already += 1
      else await protect({ ...entry, subject }, by, ports)
    } catch (failure) {
      if (!(failure instanceof UsageError)) throw failure
      problems.push({ subject: text, message: failure.message })
    }
  return { protected: subjects.size - problems.length, already, problems }
}

/** Removes an entry, even one with a subject that can no longer be added. Logs it first. */
export async function unprotect(text: string, by: string, { store, auditLog, system }: Ports): Promise<void> {
  const list = await store.protections()
  const asItIs = list.find((one) => one.subject === text)
  const subject = asItIs?.subject ?? parseSubject(text)
  const found = asItIs ?? list.find((one) => one.subject === subject)
  if (found === undefined)
    throw new UsageError(`${subject} is not on the protected list.`, undefined, 'show-protected-list')
  const fact = { at: system.now(), actor: by, subject: withoutPersonalData(subject) }
  await auditLog.append({ ...fact, event: 'unprotected' }, textOf(subject))
  await store.deleteProtection(found)
}
