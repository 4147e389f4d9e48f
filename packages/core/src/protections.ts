// The protected list: who is never acted on, kept by people, each entry with its reason, by whom and until when.

import { UsageError } from './errors.js'
import { parseAccountId } from './ids.js'
import type { Ports } from './ports.js'
import { endOf, type Protection } from './protection.js'
import type { Instant } from './time.js'

/** Checks the subject of a protection: an account id, `group:NAME` or `email:PATTERN`. */
export function parseSubject(text: string): string {
  const [kind, rest] =
    text.startsWith('group:') || text.startsWith('email:')
      ? [text.slice(0, 6), text.slice(6).trim()]
      : ['', text.trim()]
  if (kind !== '' && rest !== '') return kind + rest
  if (kind === '' && parseAccountId(rest) !== undefined) return rest
  throw new UsageError(
    `"${text}" cannot be protected. Give an account id, group:NAME or email:PATTERN, such as email:*@partner.example.`,
  )
}

/** Adds an entry, or replaces the one for the same subject. */
export async function protect(
  entry: { readonly subject: string; readonly reason: string; readonly until?: Instant | undefined },
  by: string,
  { store, auditLog, system }: Ports,
): Promise<Protection> {
  const { reason, until } = entry
  const subject = parseSubject(entry.subject)
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
