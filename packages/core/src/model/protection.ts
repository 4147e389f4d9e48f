// Protected accounts: who is never acted on, and because of what.

import type { Account } from './account.js'
import type { Exclusion } from './exclusion.js'
import type { GroupId } from './ids.js'
import { day, type Instant } from './time.js'
import { wildcard } from './wildcard.js'

/** One line of the protected list; `subject` is an account id, `group:NAME` or `email:PATTERN` with `*`. */
export interface Protection {
  readonly subject: string
  readonly reason: string
  readonly by: string
  readonly addedAt: Instant
  /** Of a group: its ids when it was added, so that it protects under another name as well. */
  readonly groupIds?: readonly GroupId[]
  /** Holds until this instant, or through the day that begins at it. */
  readonly until?: Instant
}

/** When a protection ends. Midnight UTC is how a date without a time arrives: it holds through that whole day. */
export const endOf = (until: Instant): Instant => (until % day === 0 ? until + day : until)

const plainName = (text: string): string => text.replaceAll(/[._+]/g, '-')
const serviceName = /\b(bot|service|automation|integration|svc|ci|jenkins|noreply|no-reply|backup|sync)\b/i
const adminRole = /(^|\/)(org-admin|site-admin|user-access-admin|admin)$/

/** A subject without the part of an e-mail that names a person: reasons are kept for long, and names may have to go. */
export const withoutPersonalData = (subject: string): string =>
  subject.startsWith('email:') && !subject.startsWith('email:*@')
    ? `email:…${subject.slice(subject.lastIndexOf('@'))}`
    : subject

function covers(protection: Protection, account: Account): boolean {
  const { subject, groupIds = [] } = protection
  if (subject.startsWith('group:')) {
    const name = subject.slice('group:'.length).toLowerCase()
    return account.groups.some((group) => group.name.toLowerCase() === name || groupIds.includes(group.id))
  }
  // An address that Atlassian does not show may be any, so the entry covers it.
  if (subject.startsWith('email:'))
    return account.email === '' || wildcard(subject.slice('email:'.length)).test(account.email)
  return subject === account.accountId
}

/** Finds what protects an account: `undefined` when nothing does. Automatic reasons come first. */
export function protectedBy(account: Account, list: readonly Protection[], now: Instant): Exclusion | undefined {
  const role = account.platformRoles.find((name) => adminRole.test(name))
  if (role !== undefined) return { code: 'admin', role }
  if (account.accountType !== 'atlassian') return { code: 'account-type', type: account.accountType }
  const localPart = account.email.split('@')[0] ?? ''
  if (serviceName.test(plainName(account.name)) || serviceName.test(plainName(localPart)))
    return { code: 'likely-service-account' }
  const entry = list.find((p) => (p.until === undefined || endOf(p.until) > now) && covers(p, account))
  if (entry === undefined) return undefined
  return { code: 'protected', subject: withoutPersonalData(entry.subject), reason: entry.reason }
}
