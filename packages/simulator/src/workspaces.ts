// The organization itself, its directories and its workspaces.

import { texts, type Call } from './call.js'
import { listOf } from './checks.js'
import { readCursor, scan, writeCursor } from './cursors.js'
import { applicationError, ok, type Answer } from './errors.js'
import type { Workspace } from './organization.js'
import { askedPage, badRequest, limitOf, pageOf } from './paging.js'

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

const entitlement = (typeKey: string) => ({
  id: `${typeKey}-standard`,
  type: 'entitlement',
  attributes: { key: typeKey, planKey: 'standard', plan: 'Standard' },
})
const row = ({ ari, typeKey, type, host, capacity, sandbox }: Workspace) => ({
  id: ari,
  type: 'workspaces',
  attributes: {
    name: host.split('.')[0],
    typeKey,
    type,
    owner: null,
    status: 'online',
    statusDetails: [],
    icons: {},
    avatars: {},
    labels: [],
    sandbox: { type: sandbox ? 'CHILD' : 'NONE' },
    usage: null,
    capacity,
    createdAt: '2024-02-01T09:00:00.000Z',
    createdBy: 'ari:cloud:identity::user/557058:creator',
    updatedAt: null,
    hostUrl: `https://${host}`,
    realm: 'eu',
    regions: ['eu-west-1'],
  },
  links: { self: ari },
  relationships: { entitlement: [entitlement(typeKey)] },
})

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const nodes = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Reads a node of the query; an empty node lets everything through. */
function queryFits(node: unknown, workspace: Workspace, depth = 0): boolean {
  if (!isRecord(node) || depth > 20) return true
  const { and, nor, field, searchWorkspaces } = node
  const within = (part: unknown) => queryFits(part, workspace, depth + 1)
  const excluded = nodes(nor).filter((part) => isRecord(part) && Object.keys(part).length > 0)
  if (!nodes(and).every(within) || excluded.some(within)) return false
  if (typeof searchWorkspaces === 'string' && !workspace.host.includes(searchWorkspaces.toLowerCase())) return false
  if (!isRecord(field)) return true
  const { attributes } = row(workspace)
  const value = attributes[String(field['name']).replace('attributes.', '') as keyof typeof attributes]
  return nodes(field['values']).some((one) => String(one).toLowerCase() === String(value).toLowerCase())
}

/** POST /v2/orgs/{orgId}/workspaces: a cursor goes alone. */
export function listWorkspaces({ organization, body, clock }: Call): Answer {
  const token = body['cursor']
  if (token !== undefined && Object.keys(body).length > 1) return badRequest('cursor goes alone')
  const fresh = { list: 'workspaces', offset: 0, asked: body }
  const cursor = token === undefined ? fresh : readCursor(String(token), 'workspaces', clock.now())
  if (cursor === undefined) return applicationError(400, 'ADMIN-400-1', 'Invalid page cursor')
  const limit = limitOf(cursor.asked['limit'], { standard: 20, most: 1000 })
  const all = organization.workspaces.filter((one) => queryFits(cursor.asked['query'], one))
  const { page, next } = scan(all, cursor.offset, limit, (one) => one)
  const links = { self: 'workspaces', next: next === undefined ? null : writeCursor({ ...cursor, offset: next }) }
  const meta = {
    pageSize: limit,
    startIndex: cursor.offset,
    endIndex: cursor.offset + page.length,
    total: all.length,
  }
  return ok({ data: page.map(row), links, meta })
}

/** GET /v1/orgs/{orgId}/policies: this organization has none. */
export const listPolicies = ({ organization, base }: Call): Answer =>
  ok({ data: [], links: { self: `${base}/admin/v1/orgs/${organization.id}/policies` }, meta: { page_size: 0 } })
