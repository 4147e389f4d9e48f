// Protected accounts: which accounts Rollcall never changes, and why.

import type { Account } from './account.js'
import type { Exclusion } from './exclusion.js'
import type { GroupId } from './ids.js'
import { isPerson } from './person.js'
import { isAdminRole } from './role-name.js'
import { day, type Instant } from './time.js'
import { wildcard } from './wildcard.js'

/** One entry of the protected list; `subject` is an account id, `group:NAME` or `email:PATTERN` with `*`. */
export interface Protection {
  readonly subject: string
  readonly reason: string
  readonly by: string
  readonly addedAt: Instant
  /** For a group: its ids when the entry was added, so that the entry still protects the group after a rename. */
  readonly groupIds?: readonly GroupId[]
  /** When the entry ends; midnight UTC means the end of the day that begins then. */
  readonly until?: Instant
}

/** When a protection ends. A date without a time arrives as midnight UTC, and includes that whole day. */
export const endOf = (until: Instant): Instant => (until % day === 0 ? until + day : until)

const plainName = (text: string): string => text.replaceAll(/[._+]/g, '-')
const serviceName = /\b(bot|service|automation|integration|svc|ci|jenkins|noreply|no-reply|backup|sync)\b/i

/** Removes the name from an email pattern: the audit log stores reasons for years, and a name may have to be erased. */
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
  // Atlassian may hide an address. Every email entry covers such an account.
  if (subject.startsWith('email:'))
    return account.email === '' || wildcard(subject.slice('email:'.length)).test(account.email)
  return subject === account.accountId
}

/** Finds why an account is protected; undefined when it is not. Automatic protections come before the list. */
export function protectedBy(account: Account, list: readonly Protection[], now: Instant): Exclusion | undefined {
  const role = account.platformRoles.find(isAdminRole)
  if (role !== undefined) return { code: 'admin', role }
  const { unreadable = [] } = account
  if (unreadable.length > 0) return { code: 'data-unreadable', fields: unreadable }
  if (!isPerson(account)) return { code: 'account-type', type: account.accountType }
  const localPart = account.email.split('@')[0] ?? ''
  if (serviceName.test(plainName(account.name)) || serviceName.test(plainName(localPart)))
    return { code: 'likely-service-account' }
  const entry = list.find((p) => (p.until === undefined || endOf(p.until) > now) && covers(p, account))
  if (entry === undefined) return undefined
  return { code: 'protected', subject: withoutPersonalData(entry.subject), reason: entry.reason }
}
