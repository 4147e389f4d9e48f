// API keys: identifies the key of a call and checks what it may do.

import type { Call } from './call.js'
import type { Clock } from '../world/clock.js'
import { applicationError, gatewayError, jiraError, managementError, type ApiResponse } from './responses.js'
import type { Keys } from '../organization/organization.js'
import type { RequiredAccess } from './route.js'

const readScopes = ['orgs', 'accounts', 'directories', 'groups', 'domains', 'events', 'workspaces', 'policies'].map(
  (what) => `read:${what}:admin`,
)

/** Makes the keyring, which can revoke, expire and narrow keys at run time. */
export function createKeyring(keys: Keys, clock: Clock) {
  const ended = new Map<string, number>([[keys.expired, 0]])
  let scopes = new Set(readScopes)
  const named = (name: unknown): string | undefined => keys[name as keyof Keys]
  return {
    /** Reads the authorization header; undefined for a key that is wrong, revoked or expired. */
    identify(header: string): Call['key'] | undefined {
      const [, kind = '', value = ''] = /^(\w+)\s+(.+)$/.exec(header.trim()) ?? []
      const basic = kind.toLowerCase() === 'basic'
      const key = basic ? (Buffer.from(value, 'base64').toString().split(':').at(-1) ?? '') : value
      if (clock.now() >= (ended.get(key) ?? Infinity)) return undefined
      if (key === keys.site) return 'site'
      if (basic) return undefined
      return key === keys.unscoped ? 'unscoped' : key === keys.scoped ? 'scoped' : undefined
    },
    /** Revokes a key, or ends it at a time; `revoked: false` brings it back. Narrows what the scoped key may read. */
    set(wanted: Readonly<Record<string, unknown>>): boolean {
      const key = named(wanted['key'])
      if (key === undefined) return false
      const expiry = typeof wanted['expiresAt'] === 'string' ? Date.parse(wanted['expiresAt']) : Number.NaN
      if (wanted['revoked'] === true) ended.set(key, 0)
      else if (!Number.isNaN(expiry)) ended.set(key, expiry)
      else if (wanted['revoked'] === false || wanted['scopes'] === undefined) ended.delete(key)
      if (Array.isArray(wanted['scopes'])) scopes = new Set(wanted['scopes'].map(String))
      return true
    },
    /** The refusal for a key without the required access; undefined when it has it. */
    refusal(need: RequiredAccess, { key, path }: Pick<Call, 'key' | 'path'>): ApiResponse | undefined {
      const jira = need === 'jira' || need === 'jira-write'
      if (key === 'site') return jira ? undefined : unauthorized(path)
      if (key === 'unscoped' || need === 'any' || need === 'jira' || scopes.has(need)) return undefined
      if (need === 'manage') return managementError(403, 'forbidden', 'The key needs manage:org')
      if (jira) return jiraError(403, 'The key may not do this.')
      return path.startsWith('/admin/v1/')
        ? applicationError(401, 'ADMIN-401-2', 'Unauthorized', 'INSUFFICIENT_SCOPE')
        : applicationError(403, 'ADMIN-UAM-403-1', 'Forbidden', 'The key has scopes')
    },
  }
}
export type Keyring = ReturnType<typeof createKeyring>

/** The response to a key that is wrong, revoked or expired. */
export const unauthorized = (path: string): ApiResponse =>
  path.startsWith('/users/') ? managementError(401, 'unauthorized') : gatewayError(401, 'Unauthorized')
