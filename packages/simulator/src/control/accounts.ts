// Controls of one account: what users and other admins do outside of the API.

import { type Answer, ok } from '../http/responses.js'
import { grantedTo } from '../organization/access.js'
import type { Account } from '../organization/organization.js'
import type { Control } from '../simulation.js'
import { truth } from './true-state.js'

export type Given = Readonly<Record<string, unknown>>
export const instant = (value: unknown): number => (typeof value === 'string' ? Date.parse(value) : Number.NaN)
/** Somebody uses products: those that the account is granted, or the one that is named. */
export function activity({ organization, clock, changes }: Control, account: Account, body: Given): Answer | string {
  const { workspace, at, lagMs } = body
  if (at !== undefined && Number.isNaN(instant(at))) return 'at is no instant'
  if (workspace !== undefined && !organization.workspaces.some(({ ari }) => ari === workspace))
    return 'workspace is no ARI of this organization'
  const used = workspace === undefined ? [...grantedTo(account, organization)] : [String(workspace)]
  const moment = at === undefined ? clock.now() : instant(at)
  const act = () => used.forEach((ari) => account.lastActive.set(ari, moment))
  changes.change(account, 'activity', act, { by: 'person', lagMs: typeof lagMs === 'number' ? lagMs : 0 })
  return ok(truth(account, organization))
}

/** A program signs in with an API token of the account. */
export function useToken({ clock }: Control, account: Account, { at }: Given): Answer | string {
  if (at !== undefined && Number.isNaN(instant(at))) return 'at is no instant'
  const lastAccess = new Date(at === undefined ? clock.now() : instant(at)).toISOString()
  const [first = { id: 'token-used', label: 'script', createdAt: lastAccess }, ...rest] = account.tokens
  account.tokens = [{ ...first, lastAccess }, ...rest]
  return ok({ tokens: account.tokens })
}

/** Somebody else restores the account, as an administrator would by hand. */
export function restoreByHand({ organization, changes }: Control, account: Account): Answer {
  const act = () => {
    for (const membership of account.memberships.values()) membership.status = 'active'
  }
  changes.change(account, 'restore', act, { by: 'person', lagMs: 0 })
  return ok(truth(account, organization))
}
