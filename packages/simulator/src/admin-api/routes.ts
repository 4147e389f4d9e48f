// Endpoints of the organizations API, with the access that each requires.

import { listDomains, domainDetails } from './domains.js'
import { eventActions, eventDetails, listEvents, streamEvents } from './events.js'
import { asV1Endpoint } from './v1-directory.js'
import { assignGroupRole, groupRoles, revokeGroupRole } from './groups/group-roles.js'
import { countGroups, createGroup, deleteGroup, groupDetails, groupStats, searchGroups } from './groups/groups.js'
import { invite } from './users/invitations.js'
import { lastActiveDates, managedUsers } from './users/managed-users.js'
import { addMember, removeMember } from './groups/group-members.js'
import type { Route } from '../http/route.js'
import { removeUser, restore, suspend } from './users/directory-membership.js'
import { assignOrgRole, assignRole, revokeOrgRole, revokeRole, roleAssignments } from './users/user-roles.js'
import { countUsers, searchUsers, userDetails, userStats } from './users/users.js'
import { listWorkspaces } from './workspaces.js'
import { listPolicies } from './organizations.js'
import { listDirectories } from './organizations.js'
import { listOrganizations } from './organizations.js'
import { organizationDetails } from './organizations.js'

const v1 = '/admin/v1/orgs/{orgId}'
const v2 = '/admin/v2/orgs/{orgId}'
const users = `${v2}/directories/{directoryId}/users`
const groups = `${v2}/directories/{directoryId}/groups`
const old = `${v1}/directory`
const directories = 'read:directories:admin'

export const adminRoutes: readonly Route[] = [
  ['GET', '/admin/v1/orgs', 'any', listOrganizations],
  ['GET', v1, 'read:orgs:admin', organizationDetails],
  ['GET', `${v1}/users`, 'read:accounts:admin', managedUsers],
  ['GET', `${v1}/directory/users/{accountId}/last-active-dates`, 'any', lastActiveDates],
  ['GET', `${v1}/domains`, 'read:domains:admin', listDomains],
  ['GET', `${v1}/domains/{domainId}`, 'read:domains:admin', domainDetails],
  ['GET', `${v1}/events`, 'read:events:admin', listEvents],
  ['GET', `${v1}/events-stream`, 'read:events:admin', streamEvents],
  ['GET', `${v1}/events/{eventId}`, 'read:events:admin', eventDetails],
  ['GET', `${v1}/event-actions`, 'read:events:admin', eventActions],
  ['GET', `${v1}/policies`, 'read:policies:admin', listPolicies],
  ['POST', `${v1}/users/{accountId}/roles/assign`, 'unscoped', assignRole],
  ['POST', `${v1}/users/{accountId}/roles/revoke`, 'unscoped', revokeRole],
  ['POST', `${v1}/users/{accountId}/role-assignments/assign`, 'unscoped', assignOrgRole],
  ['POST', `${v1}/users/{accountId}/role-assignments/revoke`, 'unscoped', revokeOrgRole],
  ['GET', `${v2}/directories`, directories, listDirectories],
  ['POST', `${v2}/workspaces`, 'read:workspaces:admin', listWorkspaces],
  ['POST', `${v2}/users/invite`, 'unscoped', invite],
  ['POST', `${users}/search`, directories, searchUsers],
  ['GET', users, directories, searchUsers],
  ['GET', `${users}/count`, 'any', countUsers],
  ['GET', `${users}/stats`, directories, userStats],
  ['GET', `${users}/{accountId}`, 'any', userDetails],
  ['DELETE', `${users}/{accountId}`, 'unscoped', removeUser],
  ['GET', `${users}/{accountId}/role-assignments`, directories, roleAssignments],
  ['POST', `${users}/{accountId}/suspend`, 'unscoped', suspend],
  ['POST', `${users}/{accountId}/restore`, 'unscoped', restore],
  ['POST', `${groups}/search`, 'read:groups:admin', searchGroups],
  ['GET', groups, 'read:groups:admin', searchGroups],
  ['POST', groups, 'unscoped', createGroup],
  ['GET', `${groups}/count`, 'any', countGroups],
  ['GET', `${groups}/stats`, 'any', groupStats],
  ['GET', `${groups}/{groupId}`, 'any', groupDetails],
  ['DELETE', `${groups}/{groupId}`, 'unscoped', deleteGroup],
  ['GET', `${groups}/{groupId}/role-assignments`, 'read:groups:admin', groupRoles],
  ['POST', `${groups}/{groupId}/role-assignments/assign`, 'unscoped', assignGroupRole],
  ['POST', `${groups}/{groupId}/role-assignments/revoke`, 'unscoped', revokeGroupRole],
  ['POST', `${groups}/{groupId}/memberships`, 'unscoped', addMember],
  ['DELETE', `${groups}/{groupId}/memberships/{accountId}`, 'unscoped', removeMember],
  ['POST', `${old}/users/{accountId}/suspend-access`, 'unscoped', asV1Endpoint(suspend)],
  ['POST', `${old}/users/{accountId}/restore-access`, 'unscoped', asV1Endpoint(restore)],
  ['DELETE', `${old}/users/{accountId}`, 'unscoped', asV1Endpoint(removeUser)],
  ['POST', `${old}/groups/{groupId}/memberships`, 'unscoped', asV1Endpoint(addMember)],
  ['DELETE', `${old}/groups/{groupId}/memberships/{accountId}`, 'unscoped', asV1Endpoint(removeMember)],
]
