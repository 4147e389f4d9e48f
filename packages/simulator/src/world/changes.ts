// Every change of an account goes through here: it updates counts and history, and hides the change while a lag lasts.

import type { Behaviour } from './behaviour.js'
import type { Clock } from './clock.js'
import type { Account, Organization } from '../organization/organization.js'

/** The visible state of an account until a change shows; undefined when the account did not exist. */
interface Earlier {
  readonly until: number
  readonly account: Account | undefined
}
export interface Change {
  readonly account: Account
  readonly what: string
  readonly by: 'api' | 'person'
  readonly at: number
}

const copyOf = (account: Account): Account => ({
  ...account,
  memberships: new Map([...account.memberships].map(([id, membership]) => [id, { ...membership }])),
  groups: new Set(account.groups),
  orgRoles: new Set(account.orgRoles),
  lastActive: new Map(account.lastActive),
})

/** Makes the functions that change accounts. Calls `onChange` after every change. */
export function createChanges(
  organization: Organization,
  clock: Clock,
  behaviour: Behaviour,
  onChange: (change: Change) => void,
) {
  const earlier = new Map<string, Earlier[]>()
  const { tally } = organization

  function hide(account: Account, before: Account | undefined, lagMs: number) {
    if (lagMs <= 0) return
    const list = earlier.get(account.accountId) ?? []
    list.push({ until: clock.now() + lagMs, account: before })
    earlier.set(account.accountId, list)
  }
  const note = (account: Account, what: string, by: Change['by']) => {
    const at = clock.now()
    account.history.push({ at, change: what, by })
    onChange({ account, what, by, at })
  }

  return {
    /** The account as the admin API shows it now; undefined while the API hides it. */
    visible(account: Account): Account | undefined {
      const list = earlier.get(account.accountId)
      if (list === undefined) return account
      const now = clock.now()
      const waiting = list.filter(({ until }) => until > now)
      if (waiting.length === 0) earlier.delete(account.accountId)
      else earlier.set(account.accountId, waiting)
      return waiting.length === 0 ? account : waiting[0]?.account
    },
    /** Whether the API still hides a change. */
    pending(): boolean {
      const now = clock.now()
      for (const [id, list] of earlier) if (list.every(({ until }) => until <= now)) earlier.delete(id)
      return earlier.size > 0
    },
    /** Changes an account. */
    change(
      account: Account,
      what: string,
      act: () => void,
      { by = 'api', lagMs = behaviour.lagMs }: { readonly by?: Change['by']; readonly lagMs?: number } = {},
    ): void {
      hide(account, lagMs > 0 ? copyOf(account) : undefined, lagMs)
      tally.count(account, -1)
      act()
      tally.count(account, 1)
      note(account, what, by)
    },
    /** Adds a new account. */
    join(account: Account): void {
      hide(account, undefined, behaviour.lagMs)
      organization.accounts.push(account)
      organization.byId.set(account.accountId, account)
      tally.count(account, 1)
      note(account, 'invite', 'api')
    },
    /** Changes what a group grants, and with it what its members can use. */
    regrant(groupId: string, act: () => void): void {
      const members = organization.accounts.filter(({ groups }) => groups.has(groupId))
      for (const account of members) tally.count(account, -1)
      act()
      for (const account of members) tally.count(account, 1)
    },
  }
}
export type Changes = ReturnType<typeof createChanges>
