// Workspaces: the products of all sites on which a user can have a seat.

import { brandId, type Workspace } from '@rollcall/core'
import type { z } from 'zod'
import type { workspacesResponse } from './schemas.js'

type WorkspaceRow = z.output<typeof workspacesResponse>['data'][number]
/** Rows for the administration of a site, which has no seats. */
const notSold = ['jira-admin', 'platform']

/** Reads a workspace; undefined for a row without a site, an id or seats. */
export function readWorkspaceRow({ id, attributes }: WorkspaceRow): Workspace | undefined {
  const { hostUrl, capacity, sandbox, status } = attributes
  const site = /^https?:\/\/([^/]+)/.exec(hostUrl ?? '')?.[1]
  const product = /^ari:cloud:([^:]+)::site\//.exec(id)?.[1]
  if (site === undefined || product === undefined || notSold.includes(product)) return undefined
  const offline = typeof status === 'string' && status.toLowerCase() !== 'online'
  return {
    ari: brandId(id),
    site,
    product,
    capacity: capacity ?? undefined,
    sandbox: sandbox?.type === 'CHILD',
    ...(offline ? { offline } : {}),
  }
}
