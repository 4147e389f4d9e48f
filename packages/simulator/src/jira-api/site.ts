// Shared by all Jira endpoints: the site of the path, offsets, and how Jira shows a user.

import { refuse, type Call } from '../http/call.js'
import { jiraError } from '../http/responses.js'
import type { Group, Workspace } from '../organization/organization.js'

export interface Site {
  readonly cloudId: string
  readonly host: string
  readonly directoryId: string
  /** Base of its links. */
  readonly rest: string
  readonly products: readonly Workspace[]
}

/** Reads the site of the path. */
export function siteOf({ organization, params, base }: Call): Site {
  const here = organization.workspaces.filter(({ cloudId }) => cloudId === params['cloudId'])
  const [first] = here
  if (first === undefined) return refuse(jiraError(404, 'There is no such site.'))
  const { cloudId, host, directoryId } = first
  const products = here.filter(({ typeKey }) => typeKey.startsWith('jira'))
  return { cloudId, host, directoryId, products, rest: `${base}/ex/jira/${cloudId}/rest/api/3` }
}

export const jiraGroup = ({ id, name }: Group, { rest }: Site) => ({
  name,
  groupId: id,
  self: `${rest}/group?groupId=${id}`,
})
