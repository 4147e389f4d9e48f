// One route: which method and path an endpoint serves, and which access a key needs for it.

import type { Endpoint } from './call.js'

/** The access an endpoint requires: a read scope, any key of the API, or a key without scopes. */
export type RequiredAccess = `read:${string}:admin` | 'any' | 'unscoped' | 'manage' | 'jira' | 'jira-write'
/** Method, path with named parts, required access, endpoint. */
export type Route = readonly [method: string, template: string, need: RequiredAccess, endpoint: Endpoint]
