// A deletion becomes final after a grace period.

import type { Account, Organization } from './organization.js'

export const grace = 14 * 86400000
/** Makes deletions final after fourteen days. */
export function closeDeleted(due: Set<Account>, { tally }: Organization, now: number): void {
  for (const account of due) {
    if (account.deletionAt !== undefined && account.deletionAt > now) continue
    due.delete(account)
    if (account.deletionAt === undefined) continue
    tally.count(account, -1)
    account.accountStatus = 'closed'
    account.deletionAt = undefined
    tally.count(account, 1)
    account.history.push({ at: now, change: 'closed', by: 'person' })
  }
}
