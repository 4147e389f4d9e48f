// Workspaces: every product of every site, as far as people can hold a seat on it.

import { brandId, type Workspace } from '@rollcall/core'
import type { z } from 'zod'
import type { workspacesAnswer } from './schemas.js'

type WorkspaceRow = z.output<typeof workspacesAnswer>['data'][number]
/** Rows that stand for a site's administration; nobody holds a seat there. */
const notSold = ['jira-admin', 'platform']

/** Makes the workspace; undefined for rows without a site and for those that are not sold. */
export function readWorkspaceRow({ id, attributes }: WorkspaceRow): Workspace | undefined {
  const { hostUrl, capacity, sandbox } = attributes
  const site = /^https?:\/\/([^/]+)/.exec(hostUrl ?? '')?.[1]
  const product = /^ari:cloud:([^:]+)::site\//.exec(id)?.[1]
  if (site === undefined || product === undefined || notSold.includes(product)) return undefined
  return { ari: brandId(id), site, product, capacity: capacity ?? undefined, sandbox: sandbox?.type === 'CHILD' }
}
