// Protected accounts: which accounts Rollcall never changes, and why.

import type { Account } from './account.js'
import type { Exclusion } from './exclusion.js'
import { isLikelyMachine } from './machine-name.js'
import { isPerson } from './person.js'
import type { Protection, ProtectionRule } from './protection-entry.js'
import { protectedIndex } from './protected-index.js'
import { idsNamed, type NamedGroup } from './named-group.js'
import { isAdminRole } from './role-name.js'
import { day, hour, type Instant } from './time.js'

export type { Protection, ProtectionRule } from './protection-entry.js'

/** How much later than in UTC a day ends in the last time zone of the world (UTC−12). */
const lastZone = 12 * hour

/**
 * When a protection ends. A date without a time arrives as midnight UTC, and includes that whole day wherever the person
 * is who wrote it.
 */
export const endOf = (until: Instant): Instant => (until % day === 0 ? until + day + lastZone : until)

/** Removes the name from an email pattern: the audit log stores reasons for years, and a name may have to be erased. */
export const withoutPersonalData = (subject: string): string =>
  subject.startsWith('email:') && !subject.startsWith('email:*@')
    ? `email:…${subject.slice(subject.lastIndexOf('@'))}`
    : subject

/** True while an entry protects. */
export const isInForce = ({ until }: Pick<Protection, 'until'>, now: Instant): boolean =>
  until === undefined || endOf(until) > now

/** The groups that a list protects, with the ids that it knows. */
export const protectedGroups = (list: readonly Protection[], now: Instant): readonly NamedGroup[] =>
  list
    .filter((entry) => entry.subject.startsWith('group:') && isInForce(entry, now))
    .map(({ subject, groupIds: ids = [] }) => ({ name: subject.slice('group:'.length), ids }))

/** The list with the ids that groups had when a plan was made, so that it still protects them after a rename. */
export const withGroupIds = (
  list: readonly ProtectionRule[],
  groups: readonly NamedGroup[] | undefined,
): readonly ProtectionRule[] =>
  groups === undefined
    ? list
    : list.map((entry) => {
        const ids = entry.subject.startsWith('group:')
          ? idsNamed(groups, entry.subject.slice('group:'.length))
          : undefined
        return ids === undefined ? entry : { ...entry, groupIds: [...new Set([...(entry.groupIds ?? []), ...ids])] }
      })

/** Finds why an account is protected; undefined when it is not. Automatic protections come before the list. */
export function protectedBy(account: Account, list: readonly ProtectionRule[], now: Instant): Exclusion | undefined {
  const role = account.platformRoles.find(isAdminRole)
  if (role !== undefined) return { code: 'admin', role }
  const { unreadable = [] } = account
  if (unreadable.length > 0) return { code: 'data-unreadable', fields: unreadable }
  if (!isPerson(account)) return { code: 'account-type', type: account.accountType }
  const index = protectedIndex(list)
  if (isLikelyMachine(account) && !index.isConfirmed(account)) return { code: 'likely-service-account' }
  const [first] = index
    .covering(account)
    .filter(({ entry }) => isInForce(entry, now))
    .toSorted((a, b) => a.place - b.place)
  if (first === undefined) return undefined
  const { entry } = first
  return { code: 'protected', subject: withoutPersonalData(entry.subject), reason: entry.reason }
}
