// Reads one account with what its own groups grant, and says how long a change may rely on that.

import {
  DirectoryError,
  minute,
  readingSpan,
  type Account,
  type AccountId,
  type System,
  type Workspace,
} from '@rollcall/core'
import { readAccountRoles } from './account-roles.js'
import { groupsOf, readAccountRow } from './accounts.js'
import type { Groups } from './groups.js'
import type { Http } from './http.js'
import type { UserRow } from './user-rows.js'

/** How long a change may rely on what the account's own groups grant. */
const grantsLast = minute
/** How often the groups of an account may change while Rollcall reads them. */
const mostRounds = 3

interface ReaderContext {
  readonly http: Http
  readonly base: string
  readonly key: string
  readonly groups: Groups
  readonly system: Pick<System, 'now'>
  /** Finds the row of an account. Throws a `DirectoryError` when there is none. */
  readonly rowOf: (accountId: AccountId) => Promise<UserRow>
}

/**
 * Makes the reader of single accounts. A reading needs requests for the account and its own groups, and for no others. Its
 * age counts from the end of reading those groups: however many they are, there is time for a change. Only the account
 * that was read last is checked, because Rollcall reads and changes accounts one after another.
 */
export function createAccountReader({ http, base, key, groups, system, rowOf }: ReaderContext) {
  let last: { readonly accountId: AccountId; readonly from: number; tooOld: boolean } | undefined

  return {
    async read(accountId: AccountId, workspaces: readonly Workspace[]): Promise<Account> {
      let anew = last?.accountId === accountId && last.tooOld
      let began = system.now()
      let row = await rowOf(accountId)
      for (let round = 0; round < mostRounds; round += 1) {
        const own = await groups.own(accountId, groupsOf(row), anew)
        const { adminRoles, hasGroupRole, ...roles } = await readAccountRoles(accountId, row.membershipStatus, {
          http,
          base,
          key,
        })
        const age = system.now() - began
        // The groups took long: the account's own activity has to be as young as what they grant.
        if (age < 0 || age > readingSpan) {
          began = system.now()
          row = await rowOf(accountId)
        }
        const read = new Set([...own.grants, ...own.missing].map(({ id }) => id))
        if (!groupsOf(row).every(({ id }) => read.has(id))) {
          anew = false
          continue
        }
        last = { accountId, from: own.from, tooOld: false }
        const account = readAccountRow(row, workspaces, own.grants, roles.ownRoles)
        // Groups that Atlassian does not show could protect the account.
        const hidden = hasGroupRole && account.groups.length === 0
        const lost = hidden || own.missing.length > 0 ? ['groups'] : []
        const unreadable = [...new Set([...(account.unreadable ?? []), ...lost])]
        return {
          ...account,
          ...roles,
          platformRoles: [...new Set([...account.platformRoles, ...adminRoles])],
          ...(unreadable.length === 0 ? {} : { unreadable }),
        }
      }
      throw new DirectoryError(
        'unavailable',
        `The groups of account ${accountId} kept changing while Rollcall read them. Nothing was changed; try again later.`,
      )
    },
    /** Says whether a change of the account may rely on the reading. Setting the clock back does not make it fresh. */
    isFresh(accountId: AccountId): boolean {
      if (last?.accountId !== accountId) return true
      const age = system.now() - last.from
      last.tooOld = age < 0 || age > grantsLast
      return !last.tooOld
    },
  }
}
