// Endpoints of Jira, for each site.

import { addJiraMember, createJiraGroup, deleteJiraGroup, removeJiraMember } from './groups.js'
import { listJiraGroups, listMembers, pickGroups, readJiraGroup } from './groups.js'
import { auditRecords, myPermissions, notify, serverInfo } from './site-info.js'
import { applicationRole, applicationRoles, instanceLicence, licenceCount, productLicenceCount } from './licences.js'
import { createJiraUser, deleteJiraUser, listJiraUsers, myself, pickUsers } from './users.js'
import { readJiraUser, readUserGroups, readUsers } from './users.js'
import type { Route } from '../http/route.js'

const rest = '/ex/jira/{cloudId}/rest/api/3'

export const jiraRoutes: readonly Route[] = [
  ['GET', `${rest}/users/search`, 'jira', listJiraUsers],
  ['GET', `${rest}/users`, 'jira', listJiraUsers],
  ['GET', `${rest}/user`, 'jira', readJiraUser],
  ['POST', `${rest}/user`, 'jira-write', createJiraUser],
  ['DELETE', `${rest}/user`, 'jira-write', deleteJiraUser],
  ['GET', `${rest}/user/groups`, 'jira', readUserGroups],
  ['GET', `${rest}/user/search`, 'jira', pickUsers],
  ['GET', `${rest}/user/bulk`, 'jira', readUsers],
  ['GET', `${rest}/group`, 'jira', readJiraGroup],
  ['POST', `${rest}/group`, 'jira-write', createJiraGroup],
  ['DELETE', `${rest}/group`, 'jira-write', deleteJiraGroup],
  ['POST', `${rest}/group/user`, 'jira-write', addJiraMember],
  ['DELETE', `${rest}/group/user`, 'jira-write', removeJiraMember],
  ['GET', `${rest}/group/member`, 'jira', listMembers],
  ['GET', `${rest}/group/bulk`, 'jira', listJiraGroups],
  ['GET', `${rest}/groups/picker`, 'jira', pickGroups],
  ['GET', `${rest}/applicationrole`, 'jira', applicationRoles],
  ['GET', `${rest}/applicationrole/{key}`, 'jira', applicationRole],
  ['GET', `${rest}/instance/license`, 'jira', instanceLicence],
  ['GET', `${rest}/license/approximateLicenseCount`, 'jira', licenceCount],
  ['GET', `${rest}/license/approximateLicenseCount/product/{key}`, 'jira', productLicenceCount],
  ['GET', `${rest}/mypermissions`, 'jira', myPermissions],
  ['GET', `${rest}/myself`, 'jira', myself],
  ['GET', `${rest}/serverInfo`, 'jira', serverInfo],
  ['GET', `${rest}/auditing/record`, 'jira', auditRecords],
  ['POST', `${rest}/issue/{issueIdOrKey}/notify`, 'jira-write', notify],
]
