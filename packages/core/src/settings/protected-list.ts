// The protected list: accounts that Rollcall never changes. Each entry has a reason, an author and optionally an end.

import { UsageError } from '../model/errors.js'
import { requireText } from '../model/input-bounds.js'
import { brandId, parseAccountId, type AccountId, type GroupId, type SnapshotId } from '../model/ids.js'
import type { Ports } from '../ports.js'
import { sameName } from '../model/same-name.js'
import { protectedIndex } from '../model/protected-index.js'
import { patternProblem } from '../model/email-pattern.js'
import { endOf, withoutPersonalData, type Protection } from '../model/protection.js'
import type { Instant } from '../model/time.js'
import type { SnapshotHead } from '../model/snapshot.js'
import { saveUnchanged } from '../audit/save-unchanged.js'
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
  const problem = kind === 'email:' && rest !== '' ? patternProblem(rest) : undefined
  if (problem !== undefined) throw new UsageError(`"${text}" cannot be protected: ${problem}`)
  if (kind !== '' && rest !== '') return kind + rest
  if (kind === '' && parseAccountId(rest) !== undefined) return rest
  throw new UsageError(
    `"${text}" cannot be protected. Give an account id, group:NAME or email:PATTERN, such as email:*@partner.example.`,
  )
}

/** The subject of a text; none where it cannot be protected. */
function readableSubject(text: string): readonly string[] {
  try {
    return [parseSubject(text)]
  } catch {
    return []
  }
}

/** Throws for an account that is not in the snapshot: somebody most likely mistyped its id. */
async function requireAccount(subject: string, { id, organization }: SnapshotHead, { store }: Ports): Promise<void> {
  if ((await store.account(id, brandId<AccountId>(subject))) !== undefined) return
  throw new UsageError(
    `The newest snapshot of ${organization.name} has no account ${subject}. Check the id.`,
    undefined,
    'sync-first',
  )
}

/** Finds the ids of a group in all directories, by its members. */
async function idsOfGroup(name: string, snapshot: SnapshotHead, ports: Ports): Promise<readonly GroupId[]> {
  const ids = new Set<GroupId>()
  for await (const { groups } of accountsOf({ snapshotId: snapshot.id, inGroup: name }, ports))
    for (const group of groups) if (sameName(group.name, name)) ids.add(group.id)
  return [...ids]
}

/** Refuses a subject that covers nobody: most likely a typo. */
function refuseEmpty(what: string, { organization }: SnapshotHead): never {
  throw new UsageError(
    `${what} in the newest snapshot of ${organization.name}, so this would protect 0 accounts.`,
    undefined,
    'protect-empty',
  )
}

/** Says whether the address of at least one account fits an email entry. */
type Fitting = (subject: string, snapshot: SnapshotHead) => Promise<boolean>

/** Finds which of some email entries fit somebody, in one pass over the accounts for all of them. */
function fittingOf(subjects: readonly string[], ports: Ports): Fitting {
  let found: ReadonlySet<string> | undefined
  return async (subject, { id }) => {
    found ??= await subjectsThatFit(subjects, id, ports)
    return found.has(subject)
  }
}

async function subjectsThatFit(subjects: readonly string[], id: SnapshotId, ports: Ports) {
  const emails = subjects.filter((subject) => subject.startsWith('email:'))
  const index = protectedIndex(emails.map((subject) => ({ subject, reason: '', by: '', addedAt: 0 })))
  const found = new Set<string>()
  for await (const account of accountsOf({ snapshotId: id }, ports)) {
    for (const { entry } of index.matching(account)) found.add(entry.subject)
    if (found.size === emails.length) break
  }
  return found
}

/** Resolves a group to ids. Throws for a subject that protects no account, unless the person knows that. */
async function groupsMeant(
  subject: string,
  evenIfEmpty: boolean,
  fitting: Fitting,
  ports: Ports,
): Promise<readonly GroupId[]> {
  const [snapshot] = await ports.store.snapshotHeads(1)
  if (snapshot === undefined) return []
  if (subject.startsWith('group:')) {
    const name = subject.slice('group:'.length)
    const ids = await idsOfGroup(name, snapshot, ports)
    if (ids.length === 0 && !evenIfEmpty) refuseEmpty(`No account is in a group ${name}`, snapshot)
    return ids
  }
  if (subject.startsWith('email:')) {
    const pattern = subject.slice('email:'.length)
    if (!evenIfEmpty && !(await fitting(subject, snapshot)))
      refuseEmpty(`No account has an email address that fits ${pattern}`, snapshot)
    return []
  }
  await requireAccount(subject, snapshot, ports)
  return []
}

/** An email pattern is personal data, so the log keeps it outside the chain, where Rollcall can erase it. */
const textOf = (subject: string) => (subject.startsWith('email:') ? { subject } : undefined)

/** Throws for an end in the past: the entry would protect no account. */
function mustLieAhead(until: Instant | undefined, now: Instant): void {
  if (until !== undefined && endOf(until) <= now) throw new UsageError('The end of a protection must be in the future.')
}

export interface NewProtection {
  readonly reason: string
  readonly until?: Instant | undefined
  /** The person knows that it covers nobody now. */
  readonly evenIfEmpty?: boolean | undefined
}

type Listed = ReadonlyMap<string, Protection>
const bySubject = (list: readonly Protection[]): Listed => new Map(list.map((entry) => [entry.subject, entry]))

/**
 * Adds an entry, or replaces the entry of the same subject. Logs it first. Throws a `UsageError` when somebody else changes
 * that entry at the same time. `listed` is the list, where the caller has read it.
 */
export async function protect(
  entry: NewProtection & { readonly subject: string },
  by: string,
  ports: Ports,
  fitting?: Fitting,
  listed?: Listed,
): Promise<Protection> {
  const { store, system } = ports
  const { reason, until, evenIfEmpty = false } = entry
  requireText('reason', 'reason', reason)
  requireText('subject', 'email', entry.subject)
  const subject = parseSubject(entry.subject)
  const read = (listed ?? bySubject(await store.protections())).get(subject)
  const groupIds = await groupsMeant(subject, evenIfEmpty, fitting ?? fittingOf([subject], ports), ports)
  const now = system.now()
  mustLieAhead(until, now)
  const ends = until === undefined ? {} : { until }
  const meant = { ...(groupIds.length === 0 ? {} : { groupIds }), ...(evenIfEmpty ? { evenIfEmpty } : {}) }
  const protection: Protection = { subject, reason, by, addedAt: now, ...meant, ...ends }
  const said = { ...ends, ...(evenIfEmpty ? { evenIfEmpty } : {}) }
  const details = Object.keys(said).length === 0 ? {} : { details: said }
  const fact = { actor: by, subject: withoutPersonalData(subject), reason, ...details }
  const save = () => store.putProtection(protection, read)
  const saving = { what: `the protection of ${subject}`, fact: { ...fact, event: 'protected' as const }, save }
  await saveUnchanged({ ...saving, personal: textOf(subject) }, ports)
  return protection
}

const endOrNever = (until: Instant | undefined): Instant => (until === undefined ? Infinity : endOf(until))

/**
 * Protects several subjects, and reports each one that failed with its message. An entry that lasts longer stays as it
 * is: selecting many accounts never shortens a permanent protection.
 */
export async function protectSeveral(texts: readonly string[], entry: NewProtection, by: string, ports: Ports) {
  const { store, system } = ports
  requireText('reason', 'reason', entry.reason)
  mustLieAhead(entry.until, system.now())
  const listed = new Map(bySubject(await store.protections()))
  const problems: { readonly subject: string; readonly message: string }[] = []
  const subjects = new Set(texts)
  const fitting = fittingOf([...subjects].flatMap(readableSubject), ports)
  let already = 0
  for (const text of subjects)
    try {
      const subject = parseSubject(text)
      const there = listed.get(subject)
      if (there !== undefined && endOrNever(there.until) >= endOrNever(entry.until)) already += 1
      else listed.set(subject, await protect({ ...entry, subject }, by, ports, fitting, listed))
    } catch (failure) {
      if (!(failure instanceof UsageError)) throw failure
      problems.push({ subject: text, message: failure.message })
    }
  return { protected: subjects.size - problems.length, already, problems }
}

/**
 * Removes an entry, even one with a subject that can no longer be added. Logs it first. Throws a `UsageError` when somebody
 * else changes it at the same time.
 */
export async function unprotect(text: string, by: string, ports: Ports): Promise<void> {
  const { store } = ports
  const list = await store.protections()
  const asItIs = list.find((one) => one.subject === text)
  const subject = asItIs?.subject ?? parseSubject(text)
  const found = asItIs ?? list.find((one) => one.subject === subject)
  if (found === undefined)
    throw new UsageError(`${subject} is not on the protected list.`, undefined, 'show-protected-list')
  const fact = { actor: by, event: 'unprotected' as const, subject: withoutPersonalData(subject) }
  // An entry that somebody else has removed meanwhile is gone, as asked.
  const save = async () =>
    (await store.deleteProtection(found)) || !(await store.protections()).some((one) => one.subject === subject)
  await saveUnchanged({ what: `the protection of ${subject}`, fact, personal: textOf(subject), save }, ports)
}
