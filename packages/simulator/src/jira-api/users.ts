// Users of a Jira site. It lists former users and apps too; pickers show the active ones only.

import { hasAccess, overCapacity } from '../organization/access.js'
import { refuse, type Call } from '../http/call.js'
import { jiraError, noContent, ok, type ApiResponse } from '../http/responses.js'
import { invite } from '../admin-api/users/invitations.js'
import { jiraGroup, siteOf } from './site.js'
import { offsetPage } from './offset-page.js'
import { numberOf } from './offset-page.js'
import { jiraUser } from './user-details.js'
import { userDetails } from './user-details.js'
import { isActive } from './user-details.js'
import type { Account } from '../organization/organization.js'
import { isOrgAdmin } from '../organization/access.js'

/** Reads the account that the query names. */
function queriedAccount({ organization, query }: Call): Account {
  const id = query.get('accountId')
  if (id === null) return refuse(jiraError(400, 'The query parameter accountId is missing.'))
  return organization.byId.get(id) ?? refuse(jiraError(404, 'The user does not exist.'))
}

/** GET …/users/search and …/users: one flat list, people first. */
export function listJiraUsers(call: Call): ApiResponse {
  const site = siteOf(call)
  const { accounts, others } = call.organization
  const [start, size] = [numberOf(call, 'startAt', 0, 1e10), numberOf(call, 'maxResults', 50, 1000)]
  const page = accounts.slice(start, start + size)
  const late = Math.max(0, start - accounts.length)
  const more = size - page.length
  const rest = more > 0 && start + size > accounts.length ? others.slice(late, late + more) : []
  return ok([...page, ...rest].map((account) => ({ ...userDetails(account, site), locale: 'en_US' })))
}

/** GET …/user. */
export function readJiraUser(call: Call): ApiResponse {
  const site = siteOf(call)
  return ok(jiraUser(call, queriedAccount(call), site))
}

/** GET …/user/groups. */
export function readUserGroups(call: Call): ApiResponse {
  const site = siteOf(call)
  const { groups } = call.organization
  const mine = [...queriedAccount(call).groups].flatMap((id) => groups.get(id) ?? [])
  return ok(mine.filter(({ directoryId }) => directoryId === site.directoryId).map((group) => jiraGroup(group, site)))
}

/** GET …/user/search: active users only, and never beyond the first thousand. */
export function pickUsers(call: Call): ApiResponse {
  const site = siteOf(call)
  const { organization, query } = call
  const [term, accountId] = [query.get('query')?.toLowerCase(), query.get('accountId')]
  if (term === undefined && accountId === null && !query.has('property'))
    return jiraError(400, 'One of query, accountId and property is needed.')
  const [start, size] = [numberOf(call, 'startAt', 0, 1e10), numberOf(call, 'maxResults', 50, 1000)]
  const found: Account[] = []
  for (const account of organization.accounts) {
    if (found.length >= Math.min(1000, start + size)) break
    const fits = term === undefined || account.name.toLowerCase().includes(term) || account.email.startsWith(term)
    if (fits && (accountId === null || account.accountId === accountId) && isActive(account, site)) found.push(account)
  }
  return ok(found.slice(start).map((account) => ({ ...userDetails(account, site), locale: 'en_US' })))
}

/** GET …/user/bulk. */
export function readUsers(call: Call): ApiResponse {
  const site = siteOf(call)
  const ids = call.query.getAll('accountId')
  if (ids.length === 0) return jiraError(400, 'The query parameter accountId is missing.')
  const found = ids.flatMap((id) => call.organization.byId.get(id) ?? [])
  const page = offsetPage(call, `${site.rest}/user/bulk`, found, 10, 200)
  return ok({ ...page, values: page.values.map((account) => jiraUser(call, account, site)) })
}

/** POST …/user: an invitation; 201 also for an existing user. */
export function createJiraUser(call: Call): ApiResponse {
  const site = siteOf(call)
  const { organization, body } = call
  const { emailAddress, products = [] } = body
  if (typeof emailAddress !== 'string' || !emailAddress.includes('@') || !Array.isArray(products))
    return jiraError(400, 'emailAddress and products are needed.')
  const wanted = site.products.filter(({ typeKey }) => products.includes(typeKey))
  const find = () => organization.accounts.find(({ email }) => email.toLowerCase() === emailAddress.toLowerCase())
  const known = find()
  if (known !== undefined && wanted.some(({ ari }) => !hasAccess(known, ari, organization)))
    return jiraError(400, 'A user with this address exists without access.')
  if (known === undefined) {
    const grants = wanted.map(({ ari }) => ({ ari, role: 'atlassian/user', isDefault: false }))
    const nobody = { accountStatus: 'active', groups: new Set(), direct: [], memberships: new Map() }
    const full = overCapacity(nobody as unknown as Account, grants, organization)
    if (full) return jiraError(400, `Licence exceeded for: ${wanted.map(({ ari }) => ari).join(', ')}`)
    const permissionRules = grants.map(({ ari, role }) => ({ resource: ari, role }))
    invite({ ...call, body: { emails: [emailAddress], permissionRules } })
  }
  const account = find()
  return account === undefined ? jiraError(400, 'No invitation.') : { status: 201, body: jiraUser(call, account, site) }
}

/** DELETE …/user: removes the user from the directory of the site. */
export function deleteJiraUser(call: Call): ApiResponse {
  const site = siteOf(call)
  const account = queriedAccount(call)
  if (isOrgAdmin(account)) return jiraError(400, 'The user administers the organization.')
  if (!account.memberships.has(site.directoryId)) return jiraError(404, 'The user does not exist.')
  call.changes.change(account, 'remove', () => {
    account.memberships.delete(site.directoryId)
    for (const id of account.groups)
      if (call.organization.groups.get(id)?.directoryId === site.directoryId) account.groups.delete(id)
  })
  return noContent
}

/** GET …/myself: the owner of the key. */
export function myself(call: Call): ApiResponse {
  const site = siteOf(call)
  const owner = call.organization.accounts[0] ?? call.organization.others[0]
  return owner === undefined ? jiraError(401, 'Nobody is logged in.') : ok(jiraUser(call, owner, site))
}
