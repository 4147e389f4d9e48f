// The few endpoints of Jira that an admin page needs: the requester's account, and whether it is an admin.

import type { JiraResponse } from './jira-request.js'
import type { JiraRequest } from './jira-request.js'

/** The scopes of which one is enough. @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/ */
const builtIn: Readonly<Record<string, readonly string[]>> = {
  'GET /rest/api/3/mypermissions': ['read:jira-work', 'read:permission:jira'],
  'POST /rest/api/3/permissions/check': ['read:jira-work', 'read:permission:jira'],
  'GET /rest/api/3/myself': ['read:jira-user', 'read:user:jira'],
  'GET /rest/api/3/serverInfo': [],
}
const globalPermissions = ['ADMINISTER', 'SYSTEM_ADMIN']

function permissionsOf(requested: readonly string[], isAdmin: boolean): JiraResponse {
  const permissions = requested.map((key) => [
    key,
    { id: '0', key, name: key, type: 'GLOBAL', description: '', havePermission: isAdmin && key === 'ADMINISTER' },
  ])
  return { status: 200, body: { permissions: Object.fromEntries(permissions) } }
}

/** Serves these endpoints. */
export function builtInJira(admins: readonly string[], scopes: readonly string[], siteUrl: string) {
  return ({ as, accountId, method, path, body }: JiraRequest): JiraResponse => {
    const url = new URL(path, siteUrl)
    const needed = builtIn[`${method} ${url.pathname}`]
    if (needed === undefined) return { status: 404, body: { errorMessages: [`No endpoint ${method} ${url.pathname}`] } }
    if (needed.length > 0 && !needed.some((scope) => scopes.includes(scope)))
      return { status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } }
    if (url.pathname.endsWith('/serverInfo'))
      return { status: 200, body: { baseUrl: siteUrl, deploymentType: 'Cloud', serverTitle: 'Jira' } }
    if (url.pathname.endsWith('/permissions/check')) {
      const requested = JSON.parse(body === '' ? '{}' : body) as { accountId?: string; globalPermissions?: string[] }
      const admin = admins.includes(requested.accountId ?? accountId ?? '')
      const granted = (requested.globalPermissions ?? []).filter((one) => admin && one === 'ADMINISTER')
      return { status: 200, body: { projectPermissions: [], globalPermissions: granted } }
    }
    if (as === 'app' || accountId === undefined)
      return { status: 401, body: { errorMessages: ['No user is signed in'] } }
    if (url.pathname.endsWith('/myself'))
      return { status: 200, body: { accountId, accountType: 'atlassian', active: true, displayName: accountId } }
    const requested = (url.searchParams.get('permissions') ?? '').split(',').filter((one) => one !== '')
    const unknown = requested.filter((one) => !globalPermissions.includes(one))
    if (requested.length === 0 || unknown.length > 0)
      return {
        status: 400,
        body: { errorMessages: [`Unrecognized permissions: ${unknown.join(', ') || 'none given'}`] },
      }
    return permissionsOf(requested, admins.includes(accountId))
  }
}
