// The organization itself, its directories and its policies.

import { type Call, texts } from '../http/call.js'
import { readPageRequest, pageOf } from '../http/paging.js'
import { readList } from '../http/parameters.js'
import { type ApiResponse, ok } from '../http/responses.js'

/** GET /v1/orgs/{orgId}. */
export function organizationDetails({ organization: { id, name }, base }: Call): ApiResponse {
  const self = `${base}/admin/v1/orgs/${id}`
  const relationships = {
    domains: { links: { related: `${self}/domains` } },
    users: { links: { related: `${self}/users` } },
  }
  return ok({ data: { id, type: 'orgs', attributes: { name }, relationships, links: { self } } })
}

/** GET /v1/orgs: a key with scopes lists none. */
export function listOrganizations(call: Call): ApiResponse {
  readPageRequest(call, 'orgs', { standard: 20, most: 100 })
  const { data } = organizationDetails(call).body as { data: unknown }
  return ok({ data: call.key === 'scoped' ? [] : [data], links: { self: `${call.base}/admin/v1/orgs` } })
}

/** GET /v2/orgs/{orgId}/directories. */
export function listDirectories(call: Call): ApiResponse {
  const { organization } = call
  const page = readPageRequest(call, 'directories', { standard: 20, most: 100 })
  const accountId = texts(page.parameters, 'accountId')?.[0]
  const mine = accountId === undefined ? undefined : organization.byId.get(accountId)?.memberships
  const ids = readList(page.parameters, 'directoryIds', 10)
  const term = texts(page.parameters, 'searchTerm')?.[0]?.toLowerCase() ?? ''
  const { data, links } = pageOf(call, page, organization.directories, ({ id, name }) =>
    (accountId === undefined || mine?.has(id) === true) &&
    (ids?.includes(id) ?? true) &&
    name.toLowerCase().includes(term)
      ? { directoryId: id, name, icon: 'https://avatar.example/d.png' }
      : undefined,
  )
  return ok({ data, links })
}

/** GET /v1/orgs/{orgId}/policies: this organization has none. */
export const listPolicies = ({ organization, base }: Call): ApiResponse =>
  ok({ data: [], links: { self: `${base}/admin/v1/orgs/${organization.id}/policies` }, meta: { page_size: 0 } })
