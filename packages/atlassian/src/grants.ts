// The grants of groups for some workspaces, and how long a reading of an account's own groups stays valid.

import {
  hasPaidSeats,
  minute,
  type AccountId,
  type GroupGrant,
  type Instant,
  type System,
  type Workspace,
} from '@rollcall/core'
import type { Groups } from './groups.js'

/** How long a change may rely on a reading of an account, which includes its groups. */
const readingLasts = minute

/**
 * Makes the reader of grants. The cache of groups serves several accounts, so it may be older than the reading of an
 * account. The grants of the account's own groups are at most 60 seconds old when a change is sent, like the reading
 * itself. Only the account that was read last is checked, because Rollcall reads and changes accounts one after
 * another.
 */
export function createGrants(groups: Groups, system: Pick<System, 'now'>) {
  let last: { readonly accountId: AccountId; readonly from: Instant } | undefined

  async function all(workspaces: readonly Workspace[]): Promise<readonly GroupGrant[]> {
    const grants: GroupGrant[] = []
    for (const { ari } of workspaces.filter(hasPaidSeats)) grants.push(...(await groups.granting(ari)))
    return grants
  }

  return {
    all,
    /** Reads the grants for an account that was just read, and re-reads those of its own groups. */
    async again(accountId: AccountId, own: ReadonlySet<string>, workspaces: readonly Workspace[]) {
      await all(workspaces) // the first time this may take minutes, so the account's own groups come last
      let from = system.now()
      for (const { ari } of workspaces.filter(hasPaidSeats)) from = Math.min(from, await groups.refresh(ari, own))
      last = { accountId, from }
      return all(workspaces)
    },
    /** Says whether a change of the account may rely on the grants. Setting the clock back does not make them fresh. */
    areFresh(accountId: AccountId): boolean {
      if (last?.accountId !== accountId) return true
      const age = system.now() - last.from
      return age >= 0 && age <= readingLasts
    },
  }
}
