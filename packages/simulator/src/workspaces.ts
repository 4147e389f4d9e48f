// The organization itself, its directories and its workspaces.

import type { Call } from './call.js'
import { readCursor, scan, writeCursor } from './cursors.js'
import { applicationError, ok, type Answer } from './errors.js'
import type { Workspace } from './organization.js'

/** GET /v1/orgs/{orgId}. */
export function organizationDetails({ organization: { id, name } }: Call, base: string): Answer {
  const self = `${base}/admin/v1/orgs/${id}`
  const relationships = {
    domains: { links: { related: `${self}/domains` } },
    users: { links: { related: `${self}/users` } },
  }
  return ok({ data: { id, type: 'orgs', attributes: { name }, relationships, links: { self } } })
}

/** GET /v2/orgs/{orgId}/directories. */
export function listDirectories({ organization, query }: Call): Answer {
  const account = organization.byId.get(query.get('accountId') ?? '')
  const data = organization.directories
    .filter(({ id }) => !query.has('accountId') || account?.memberships.has(id) === true)
    .map(({ id, name }) => ({ directoryId: id, name, icon: 'https://avatar.example/d.png' }))
  return ok({ data, links: {} })
}

const row = ({ ari, typeKey, type, host, capacity, sandbox }: Workspace) => ({
  id: ari,
  type: 'workspaces',
  attributes: {
    ...{
      name: host.split('.')[0],
      typeKey,
      type,
      owner: null,
      status: 'online',
      statusDetails: [],
      icons: {},
      avatars: {},
      labels: [],
    },
    ...{ sandbox: { type: sandbox ? 'CHILD' : 'NONE' }, usage: null, capacity, createdAt: '2024-02-01T09:00:00.000Z' },
    ...{
      createdBy: 'ari:cloud:identity::user/557058:creator',
      updatedAt: null,
      hostUrl: `https://${host}`,
      realm: 'eu',
      regions: ['eu-west-1'],
    },
  },
  links: { self: ari },
  relationships: {},
})

/** POST /v2/orgs/{orgId}/workspaces. */
export function listWorkspaces({ organization, body }: Call): Answer {
  const token = body['cursor']
  if (token !== undefined && Object.keys(body).length > 1)
    return applicationError(400, 'ADMIN-400-24', 'Invalid request body', 'cursor goes alone')
  const cursor = token === undefined ? { offset: 0, body } : readCursor(String(token))
  if (cursor === undefined) return applicationError(400, 'ADMIN-400-1', 'Invalid page cursor')
  const limit = Number(cursor.body['limit'] ?? 20)
  const { page, next } = scan(organization.workspaces, cursor.offset, limit, () => true)
  const links = {
    self: 'workspaces',
    next: next === undefined ? null : writeCursor({ offset: next, body: cursor.body }),
  }
  const meta = {
    pageSize: limit,
    startIndex: cursor.offset,
    endIndex: cursor.offset + page.length,
    total: organization.workspaces.length,
  }
  return ok({ data: page.map(row), links, meta })
}
