// What the groups of a list of workspaces grant, and until when what was read of it may be acted on.

import { minute, type AccountId, type GroupGrant, type Instant, type System, type Workspace } from '@rollcall/core'
import type { Groups } from './groups.js'

/** An account's groups are a part of its reading, which may be acted on no longer than this. */
const readingLasts = minute

/**
 * Makes the reader of grants. Groups are remembered over several accounts, so they may be read before an account is
 * read again. At the send they are 60 seconds old at the most, like the reading itself, whatever lay in between: that
 * is asked of the account that was read last, since an organization's accounts are read and changed one after another.
 */
export function createGrants(groups: Groups, system: Pick<System, 'now'>) {
  let last: { readonly accountId: AccountId; readonly from: Instant } | undefined

  async function read(workspaces: readonly Workspace[]) {
    const grants: GroupGrant[] = []
    let from = system.now()
    for (const { ari, sandbox } of workspaces) {
      if (sandbox) continue
      const granting = await groups.granting(ari)
      grants.push(...granting.groups)
      from = Math.min(from, granting.at)
    }
    return { grants, from }
  }

  return {
    all: async (workspaces: readonly Workspace[]): Promise<readonly GroupGrant[]> => (await read(workspaces)).grants,
    /** Reads them for an account that is read again. */
    async again(accountId: AccountId, workspaces: readonly Workspace[]): Promise<readonly GroupGrant[]> {
      const { grants, from } = await read(workspaces)
      last = { accountId, from }
      return grants
    },
    /** Says whether a change of the account may rest on them; a clock that was set back makes them no younger. */
    areFresh(accountId: AccountId): boolean {
      if (last?.accountId !== accountId) return true
      const age = system.now() - last.from
      return age >= 0 && age <= readingLasts
    },
  }
}
