// Controls of one account: what users and other admins do outside of the API.

import { type ApiResponse, ok } from '../http/responses.js'
import { grantedTo } from '../organization/access.js'
import type { Account } from '../organization/organization.js'
import type { Simulation } from '../simulation.js'
import { trueState } from './true-state.js'

export type Given = Readonly<Record<string, unknown>>
export const instant = (value: unknown): number => (typeof value === 'string' ? Date.parse(value) : Number.NaN)
/** Records activity on every granted product, on the one that the request names, or elsewhere in Atlassian. */
export function activity(
  { organization, clock, changes }: Simulation,
  account: Account,
  body: Given,
): ApiResponse | string {
  const { workspace, at, lagMs, elsewhere } = body
  if (at !== undefined && Number.isNaN(instant(at))) return 'at is not a date and time'
  if (workspace !== undefined && !organization.workspaces.some(({ ari }) => ari === workspace))
    return 'workspace is no ARI of this organization'
  const used = workspace === undefined ? [...grantedTo(account, organization)] : [String(workspace)]
  const moment = at === undefined ? clock.now() : instant(at)
  const act = () => {
    if (elsewhere === true) account.activeElsewhere = moment
    else for (const ari of used) account.lastActive.set(ari, moment)
  }
  changes.change(account, 'activity', act, { by: 'person', lagMs: typeof lagMs === 'number' ? lagMs : 0 })
  return ok(trueState(account, organization))
}

/** A program signs in with an API token of the account. */
export function useToken({ clock }: Simulation, account: Account, { at }: Given): ApiResponse | string {
  if (at !== undefined && Number.isNaN(instant(at))) return 'at is not a date and time'
  const lastAccess = new Date(at === undefined ? clock.now() : instant(at)).toISOString()
  const [first = { id: 'token-used', label: 'script', createdAt: lastAccess }, ...rest] = account.tokens
  account.tokens = [{ ...first, lastAccess }, ...rest]
  return ok({ tokens: account.tokens })
}

/** Restores the account as an admin would by hand. */
export function restoreByHand({ organization, changes }: Simulation, account: Account): ApiResponse {
  const act = () => {
    for (const membership of account.memberships.values()) membership.status = 'active'
  }
  changes.change(account, 'restore', act, { by: 'person', lagMs: 0 })
  return ok(trueState(account, organization))
}
