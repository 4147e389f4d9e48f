// The organization itself, its directories and its workspaces.

import { type Call } from '../http/call.js'
import { readCursor, scan, writeCursor } from '../http/cursor.js'
import { applicationError, ok, type ApiResponse } from '../http/responses.js'
import type { Workspace } from '../organization/organization.js'
import { badRequest, readLimit } from '../http/paging.js'

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

/** Matches a workspace against a node of the query; an empty node matches everything. */
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

/** POST /v2/orgs/{orgId}/workspaces: a cursor excludes other parameters. */
export function listWorkspaces({ organization, body, clock }: Call): ApiResponse {
  const token = body['cursor']
  if (token !== undefined && Object.keys(body).length > 1) return badRequest('cursor goes alone')
  const first = { list: 'workspaces', offset: 0, parameters: body }
  const cursor = token === undefined ? first : readCursor(String(token), 'workspaces', clock.now())
  if (cursor === undefined) return applicationError(400, 'ADMIN-400-1', 'Invalid page cursor')
  const limit = readLimit(cursor.parameters['limit'], { standard: 20, most: 1000 })
  const all = organization.workspaces.filter((one) => queryFits(cursor.parameters['query'], one))
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
