// The Directory port over Atlassian's admin APIs.
// @see https://developer.atlassian.com/cloud/admin/organization/rest/

import {
  brandId,
  DirectoryError,
  type AccountId,
  type Directory,
  type DirectoryId,
  type Instant,
  type System,
} from '@rollcall/core'
import { tryKey } from './abilities.js'
import { createAccountReader } from './account-reader.js'
import { newestUse } from './last-active.js'
import { expand, readAccountRow } from './accounts.js'
import { isAlreadySo, requestOf } from './changes.js'
import { createGroups } from './groups.js'
import { createHttp } from './http.js'
import { unheeded } from './filters.js'
import { nextOf, readAll, withCursor } from './pages.js'
import { readManagedRow } from './managed-accounts.js'
import type { Fetch } from './request.js'
import * as responses from './schemas.js'
import { usersResponse, type UserRow } from './user-rows.js'
import { readWorkspaceRow } from './workspaces.js'

export interface DirectoryOptions {
  /** Base of api.atlassian.com. */
  readonly baseUrl: string
  readonly organizationId: string
  readonly readKey: string
  /** A key without scopes, used for changes only; the read key when absent. */
  readonly actKey?: string
  readonly fetch: Fetch
  readonly system: Pick<System, 'now' | 'wait' | 'elapsed'>
  /** How long one response may take, to the end of its body; a minute by default. */
  readonly requestTimeout?: number | undefined
  /** True where the machine's own clock is Atlassian's, so that it needs no Date header. */
  readonly trustedClock?: boolean
  /** Receives the end of a throttle, in epoch milliseconds of Atlassian's clock, before the client waits for it. */
  readonly onWait?: (until: Instant) => Promise<void>
}

const part = encodeURIComponent
const endOf = (secret: string): string => secret.slice(-4)

/** Makes the Directory of one organization. */
export function createDirectory(options: DirectoryOptions): Directory {
  const { organizationId, readKey: key, actKey = key, system } = options
  const http = createHttp(options)
  const v2 = `/admin/v2/orgs/${part(organizationId)}`
  const groups = createGroups({ http, base: v2, key, system })
  const users = `${v2}/directories/-/users`

  const search = (body: unknown) => http.read(usersResponse, { method: 'POST', path: `${users}/search`, key, body })
  const count = async (query: string) =>
    (await http.read(responses.countResponse, { method: 'GET', path: `${users}/count${query}`, key })).count
  async function rowOf(accountId: AccountId): Promise<UserRow> {
    const { data } = await search({ accountIds: [accountId], limit: 1, expand })
    const row = data.find((one) => one.accountId === accountId)
    if (row === undefined && data.length > 0) throw unheeded(`account ${accountId}`)
    if (row === undefined)
      throw new DirectoryError('not-found', `Account ${accountId} is no longer in the organization.`)
    return row
  }
  const reader = createAccountReader({ http, base: v2, key, groups, system, rowOf })

  return {
    async organization() {
      const path = `/admin/v1/orgs/${part(organizationId)}`
      const { data } = await http.read(responses.organizationResponse, { method: 'GET', path, key })
      if (data.id !== organizationId)
        throw new DirectoryError(
          'unexpected-response',
          `Atlassian returned organization ${data.id} instead of ${organizationId}. Nothing was changed.`,
        )
      return { id: brandId(data.id), name: data.attributes.name }
    },
    async directories() {
      const rows = await readAll(http, responses.directoriesResponse, (cursor) => ({
        method: 'GET',
        path: withCursor(`${v2}/directories?limit=100`, cursor),
        key,
      }))
      return rows.map(({ directoryId, name }) => ({ id: brandId<DirectoryId>(directoryId ?? ''), name: name ?? '' }))
    },
    async workspaces() {
      const rows = await readAll(http, responses.workspacesResponse, (cursor) => ({
        method: 'POST',
        path: `${v2}/workspaces`,
        key,
        // Only this endpoint requires the cursor without a limit.
        body: cursor === undefined ? { limit: 100 } : { cursor },
      }))
      return rows.flatMap((row) => readWorkspaceRow(row) ?? [])
    },
    countAccounts: () => count(''),
    countSeats: (workspace) => count(`?resourceIds=${part(workspace)}&roleIds=${part('atlassian/user')}&status=active`),
    readGroups: (workspaces, known, usedUp) => groups.forSync(workspaces, known, usedUp),
    async readAccounts(workspaces, granted, cursor) {
      const page = await search({ limit: 100, expand, ...(cursor === undefined ? {} : { cursor }) })
      const next = nextOf(page)
      if (next !== undefined && next === cursor)
        throw new DirectoryError(
          'unexpected-response',
          'Atlassian repeated a page of accounts. Nothing was changed; sync again.',
        )
      const accounts = page.data.map((row) => readAccountRow(row, workspaces, granted))
      return { accounts, ...(next === undefined ? {} : { cursor: next }) }
    },
    async readManagedAccounts(cursor) {
      const path = withCursor(`/admin/v1/orgs/${part(organizationId)}/users`, cursor)
      const page = await http.read(responses.managedAccountsResponse, { method: 'GET', path, key })
      const next = nextOf(page)
      return { accounts: page.data.flatMap(readManagedRow), ...(next === undefined ? {} : { cursor: next }) }
    },
    readAccount: (accountId, workspaces, onRequest) =>
      http.reporting(onRequest, () => reader.read(accountId, workspaces)),
    grantingGroups: async (workspace, known) => groups.granting(workspace, known),
    groupsNamed: (name) => groups.named(name),
    async tokenUsedAt(accountId) {
      const path = `/users/${part(accountId)}/manage/api-tokens`
      const tokens = await http.read(responses.tokensResponse, { method: 'GET', path, key: actKey })
      return newestUse(tokens.flatMap(({ lastAccess }) => lastAccess ?? []))
    },
    async lifecycle(accountId) {
      const path = `/users/${part(accountId)}/manage?privileges=lifecycle.enablement`
      const response = await http.read(responses.privilegesResponse, { method: 'GET', path, key: actKey })
      const { allowed, reason } = response['lifecycle.enablement']
      return { allowed, ...(reason == null ? {} : { reason: reason.key }) }
    },
    keySuffixes: () => ({ read: endOf(key), act: options.actKey === undefined ? undefined : endOf(options.actKey) }),
    tryKey: (ability) => tryKey(ability, { http, organizationId, readKey: key, actKey }),
    apply(change, permit) {
      const fresh = () => reader.isFresh(change.accountId)
      const permitted = async () => fresh() && (await permit()) && fresh()
      return http.change({ ...requestOf(change, v2), key: actKey, permit: permitted }, (status, error) =>
        isAlreadySo(change, status, error),
      )
    },
    now: () => http.now(),
    time: () => http.time(),
    requests: () => http.requests(),
  }
}
