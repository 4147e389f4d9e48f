// One route: which method and path an endpoint serves, and which access a key needs for it.

import type { Endpoint } from './call.js'

/** What an endpoint asks of a key: a read scope, any key of the API, or one without scopes. */
export type Need = `read:${string}:admin` | 'any' | 'unscoped' | 'manage' | 'jira' | 'jira-write'
/** Method, path with named parts, what it needs of a key, and who answers. */
export type Route = readonly [method: string, template: string, need: Need, endpoint: Endpoint]
