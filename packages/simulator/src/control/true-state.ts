// The true state of an account, which the admin API may still hide.

import { grantedTo, hasAccess, statusOf } from '../organization/access.js'
import type { Account, Organization } from '../organization/organization.js'

export function trueState(account: Account, organization: Organization) {
  const { accountId, accountType, name, email, managed, synced, accountStatus, addedToOrg, history } = account
  return {
    accountId,
    accountType,
    name,
    email,
    managed,
    synced,
    accountStatus,
    status: statusOf(account),
    history,
    memberships: [...account.memberships].map(([directoryId, { status }]) => ({ directoryId, status })),
    groups: [...account.groups].map((id) => ({ id, name: organization.groups.get(id)?.name })),
    roles: [...account.orgRoles],
    direct: account.direct.map(({ ari, role }) => ({ workspace: ari, role })),
    lastActive: [...account.lastActive].map(([workspace, at]) => ({ workspace, at: new Date(at).toISOString() })),
    activeElsewhere: account.activeElsewhere === undefined ? null : new Date(account.activeElsewhere).toISOString(),
    access: [...grantedTo(account, organization)].filter((ari) => hasAccess(account, ari, organization)),
    addedToOrg: new Date(addedToOrg).toISOString(),
    effectiveChanges: history.filter(({ by }) => by === 'api').length,
  }
}
