// One row for each resource on which a user has roles.

import type { Call } from '../../http/call.js'
import { grantsOf, grantedTo, holdsDirectly } from '../../organization/access.js'
import type { Account } from '../../organization/organization.js'

export function rowsOf(call: Call, account: Account) {
  const { organization } = call
  const grants = [...grantsOf(account, organization)]
  const onResources = [...grantedTo(account, organization)].map((resourceId) => {
    const directoryId = organization.workspaces.find(({ ari }) => ari === resourceId)?.directoryId ?? ''
    const roles = [...new Set(grants.filter(({ ari }) => ari === resourceId).map(({ role }) => role))]
    const viaGroup = (role: string) =>
      [...account.groups].some((id) =>
        organization.groups.get(id)?.grants.some((one) => one.ari === resourceId && one.role === role),
      )
    const methodsOf = (role: string) => [
      ...(viaGroup(role) ? ['group_direct'] : []),
      ...(holdsDirectly(account, resourceId, role) ? ['direct'] : []),
    ]
    return {
      directoryId,
      resourceId,
      resourceOwner: resourceId.split(':')[2] ?? '',
      roles,
      roleAssignments: roles.map((role) => ({ role, roleAssignmentMethods: methodsOf(role) })),
      userDirectoryStatus: account.memberships.get(directoryId)?.status ?? 'no_membership',
    }
  })
  const onOrganization = [...account.orgRoles].map((role) => ({
    directoryId: null,
    resourceId: `ari:cloud:platform::org/${organization.id}`,
    resourceOwner: 'platform',
    roles: [role],
    roleAssignments: [{ role, roleAssignmentMethods: ['direct'] }],
    userDirectoryStatus: null,
  }))
  return [...onResources, ...onOrganization]
}
