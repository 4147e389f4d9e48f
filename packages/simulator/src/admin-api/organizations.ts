// The organization itself, its directories and its policies.

import { type Call, texts } from '../http/call.js'
import { askedPage, pageOf } from '../http/paging.js'
import { listOf } from '../http/parameters.js'
import { type Answer, ok } from '../http/responses.js'

/** GET /v1/orgs/{orgId}. */
export function organizationDetails({ organization: { id, name }, base }: Call): Answer {
  const self = `${base}/admin/v1/orgs/${id}`
  const relationships = {
    domains: { links: { related: `${self}/domains` } },
    users: { links: { related: `${self}/users` } },
  }
  return ok({ data: { id, type: 'orgs', attributes: { name }, relationships, links: { self } } })
}

/** GET /v1/orgs: a key with scopes sees none. */
export function listOrganizations(call: Call): Answer {
  askedPage(call, 'orgs', { standard: 20, most: 100 })
  const { data } = organizationDetails(call).body as { data: unknown }
  return ok({ data: call.key === 'scoped' ? [] : [data], links: { self: `${call.base}/admin/v1/orgs` } })
}

/** GET /v2/orgs/{orgId}/directories. */
export function listDirectories(call: Call): Answer {
  const { organization } = call
  const page = askedPage(call, 'directories', { standard: 20, most: 100 })
  const accountId = texts(page.asked, 'accountId')?.[0]
  const mine = accountId === undefined ? undefined : organization.byId.get(accountId)?.memberships
  const ids = listOf(page.asked, 'directoryIds', 10)
  const term = texts(page.asked, 'searchTerm')?.[0]?.toLowerCase() ?? ''
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
export const listPolicies = ({ organization, base }: Call): Answer =>
  ok({ data: [], links: { self: `${base}/admin/v1/orgs/${organization.id}/policies` }, meta: { page_size: 0 } })
