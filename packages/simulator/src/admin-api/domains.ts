// The domains of the organization; only verified ones make accounts managed.

import type { Call } from '../http/call.js'
import { applicationError, ok, type ApiResponse } from '../http/responses.js'
import type { Domain } from '../organization/organization.js'
import { readPageRequest, pageOf } from '../http/paging.js'

const row = ({ id, name, claim }: Domain, self: string) => ({
  id,
  type: 'domains',
  attributes: { name, claim },
  links: { self: `${self}/${id}` },
})

/** GET /v1/orgs/{orgId}/domains. */
export function listDomains(call: Call): ApiResponse {
  const { organization, base } = call
  const self = `${base}/admin/v1/orgs/${organization.id}/domains`
  const page = readPageRequest(call, 'domains', { standard: 20, most: 100 })
  const { data, next } = pageOf(call, page, organization.domains, (domain) => row(domain, self))
  return ok({ data, links: { self, ...(next === undefined ? {} : { next: `${self}?cursor=${next}` }) } })
}

/** GET /v1/orgs/{orgId}/domains/{domainId}. */
export function domainDetails({ organization, base, params }: Call): ApiResponse {
  const { domainId = '' } = params
  if (!/^[0-9a-zA-Z-]{1,64}$/.test(domainId)) return applicationError(400, 'ADMIN-400-2', 'Invalid domain id')
  const domain = organization.domains.find(({ id }) => id === domainId)
  return domain === undefined
    ? applicationError(404, 'ADMIN-404-3', 'Domain not found')
    : ok({ data: row(domain, `${base}/admin/v1/orgs/${organization.id}/domains`) })
}
