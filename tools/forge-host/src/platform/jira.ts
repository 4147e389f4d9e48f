// Jira behind asUser() and asApp(), with any stand-in.

import type { Counts } from '../limits/counts.js'
import type { Installation } from '../app/installation.js'
import type { Limits } from '../limits/limits.js'
import type { Manifest } from '../app/manifest.js'
import { proxyError, type PlatformResponse, type Handler, type PlatformCall } from './call.js'
import { forward } from './forward.js'
import { builtInJira } from './built-in-jira.js'
import type { Jira, JiraRequest } from './jira-request.js'

export interface JiraOptions {
  readonly jira: Jira
  readonly manifest: Manifest
  readonly installation: Installation
  readonly limits: Limits
  readonly counts: Counts
}

/** Sends a request to the stand-in for Jira. */
export function createJira({ jira, manifest, installation, limits, counts }: JiraOptions) {
  const own = typeof jira === 'object' ? builtInJira(jira.admins, manifest.scopes, installation.siteUrl) : undefined
  return async (request: JiraRequest): Promise<PlatformResponse> => {
    counts.jira.requests += 1
    if (own !== undefined) return own(request)
    if (typeof jira === 'function') return jira(request)
    const { as, accountId, method, path, headers, body } = request
    const who = { 'x-forge-as': as, ...(accountId === undefined ? {} : { 'x-forge-account-id': accountId }) }
    const sent = { method, headers: { ...headers, ...who }, body: Buffer.from(body) }
    return forward(`${String(jira)}${path}`, sent, limits.egressSeconds)
  }
}
export type RequestJira = ReturnType<typeof createJira>

/** Makes the handler of requestJira. */
export const createJiraHandler =
  (ask: RequestJira): Handler =>
  async (call: PlatformCall) => {
    const { target, path, method, headers, invocation, body } = call
    const as = target.provider ?? 'none'
    const accountId = target.accountId ?? invocation.accountId
    // The app cannot act for a user other than the requester, because the manifest cannot allow it.
    if (as === 'user' && (invocation.accountId === undefined || accountId !== invocation.accountId))
      return proxyError(401, 'NEEDS_AUTHENTICATION_ERR')
    const who = as === 'user' && accountId !== undefined ? { accountId } : {}
    return ask({ as, method, path, headers, body: body.toString('utf8'), ...who })
  }
