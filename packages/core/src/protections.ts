// The protected list: who is never acted on, kept by people, each entry with its reason, by whom and until when.

import { UsageError } from './errors.js'
import { brandId, parseAccountId, type AccountId } from './ids.js'
import type { Ports } from './ports.js'
import { endOf, type Protection } from './protection.js'
import type { Instant } from './time.js'

/** Checks the subject of a protection: an account id, `group:NAME` or `email:PATTERN`. */
export function parseSubject(text: string): string {
  const prefix = /^\s*(group|email):/i.exec(text)?.[0]
  const [kind, rest] =
    prefix === undefined ? ['', text.trim()] : [prefix.trim().toLowerCase(), text.slice(prefix.length).trim()]
  if (kind !== '' && rest !== '') return kind + rest
  if (kind === '' && parseAccountId(rest) !== undefined) return rest
  throw new UsageError(
    `"${text}" cannot be protected. Give an account id, group:NAME or email:PATTERN, such as email:*@partner.example.`,
  )
}

/** Refuses what would protect nobody, since it was most likely mistyped; patterns of e-mails may wait for people. */
async function mustCover(subject: string, { store }: Ports): Promise<void> {
  const [snapshot] = await store.snapshots(1)
  if (snapshot === undefined || subject.startsWith('email:')) return
  const inGroup = subject.startsWith('group:') ? subject.slice('group:'.length) : undefined
  const there =
    inGroup === undefined
      ? (await store.account(snapshot.id, brandId<AccountId>(subject))) !== undefined
      : (await store.countAccounts({ snapshotId: snapshot.id, inGroup })) > 0
  if (there) return
  throw new UsageError(
    inGroup === undefined
      ? `The newest snapshot of ${snapshot.organization.name} has no account ${subject}. Check the id, or run "rollcall sync" first.`
      : `Nobody in the newest snapshot of ${snapshot.organization.name} is in a group ${inGroup}. Check the name, or run "rollcall sync" first.`,
  )
}

/** Adds an entry, or replaces the one for the same subject. */
export async function protect(
  entry: { readonly subject: string; readonly reason: string; readonly until?: Instant | undefined },
  by: string,
  ports: Ports,
): Promise<Protection> {
  const { store, auditLog, system } = ports
  const { reason, until } = entry
  const subject = parseSubject(entry.subject)
  await mustCover(subject, ports)
  const now = system.now()
  if (until !== undefined && endOf(until) <= now)
    throw new UsageError('The end of a protection has to lie in the future.')
  const protection: Protection = { subject, reason, by, addedAt: now, ...(until === undefined ? {} : { until }) }
  await auditLog.append({
    at: now,
    actor: by,
    event: 'protected',
    subject,
    reason,
    ...(until === undefined ? {} : { details: { until } }),
  })
  await store.putProtection(protection)
  return protection
}

/** Removes an entry. */
export async function unprotect(text: string, by: string, { store, auditLog, system }: Ports): Promise<void> {
  const subject = parseSubject(text)
  if (!(await store.protections()).some((one) => one.subject === subject))
    throw new UsageError(`${subject} is not on the protected list. See "rollcall protect list".`)
  await auditLog.append({ at: system.now(), actor: by, event: 'unprotected', subject })
  await store.deleteProtection(subject)
}
