// What the groups of some workspaces grant, and for how long a reading of an account's own groups is valid.

import { minute, type AccountId, type GroupGrant, type Instant, type System, type Workspace } from '@rollcall/core'
import type { Groups } from './groups.js'

/** An account's groups are a part of its reading, which may be acted on no longer than this. */
const readingLasts = minute

/**
 * Makes the reader of grants. Groups are remembered over several accounts, so they may be read before an account is
 * read again. What the account's own groups grant is 60 seconds old at the most at the send, like the reading itself,
 * whatever lay in between: that is asked of the account that was read last, since an organization's accounts are read
 * and changed one after another.
 */
export function createGrants(groups: Groups, system: Pick<System, 'now'>) {
  let last: { readonly accountId: AccountId; readonly from: Instant } | undefined

  async function all(workspaces: readonly Workspace[]): Promise<readonly GroupGrant[]> {
    const grants: GroupGrant[] = []
    for (const { ari, sandbox } of workspaces) if (!sandbox) grants.push(...(await groups.granting(ari)))
    return grants
  }

  return {
    all,
    /** Reads them for an account that is read again, and is in these groups. */
    async again(accountId: AccountId, own: ReadonlySet<string>, workspaces: readonly Workspace[]) {
      await all(workspaces) // the first time this may take minutes, and its own come last
      let from = system.now()
      for (const { ari, sandbox } of workspaces) if (!sandbox) from = Math.min(from, await groups.refresh(ari, own))
      last = { accountId, from }
      return all(workspaces)
    },
    /** Says whether a change of the account may rest on them; a clock that was set back makes them no younger. */
    areFresh(accountId: AccountId): boolean {
      if (last?.accountId !== accountId) return true
      const age = system.now() - last.from
      return age >= 0 && age <= readingLasts
    },
  }
}
