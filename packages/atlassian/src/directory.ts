// The Directory port over Atlassian's admin APIs.
// @see https://developer.atlassian.com/cloud/admin/organization/rest/

import {
  brandId,
  DirectoryError,
  type Change,
  type Directory,
  type DirectoryId,
  type GroupGrant,
  type System,
  type Workspace,
} from '@rollcall/core'
import type { z } from 'zod'
import { membershipOf, readAccountRow } from './accounts.js'
import { createGroups } from './groups.js'
import { createHttp, type Fetch } from './http.js'
import * as answers from './schemas.js'

export interface DirectoryOptions {
  /** Base of api.atlassian.com. */
  readonly baseUrl: string
  readonly organizationId: string
  readonly readKey: string
  /** A key without scopes, used for changes only; the read key when absent. */
  readonly actKey?: string
  readonly fetch: Fetch
  readonly system: Pick<System, 'now' | 'wait'>
}
interface Page<Row> {
  data: Row[]
  links?: { next?: string | null | undefined } | null | undefined
}

const expand = ['productAccess', 'platformRoles', 'groups']
const bareCursor = (next: string): string =>
  next.includes('://') ? decodeURIComponent(/[?&]cursor=([^&]+)/.exec(next)?.[1] ?? next) : next

function pathOf(
  change: Change,
  v2: string,
): { readonly method: 'POST' | 'DELETE'; readonly path: string; readonly body?: unknown } {
  const account = encodeURIComponent(change.accountId)
  switch (change.kind) {
    case 'suspend':
    case 'restore':
      return { method: 'POST', path: `${v2}/directories/${change.directoryId}/users/${account}/${change.kind}` }
    case 'add-to-group':
      return {
        method: 'POST',
        path: `${v2}/directories/${change.directoryId}/groups/${change.groupId}/memberships`,
        body: { accountId: change.accountId },
      }
    case 'remove-from-group':
      return {
        method: 'DELETE',
        path: `${v2}/directories/${change.directoryId}/groups/${change.groupId}/memberships/${account}`,
      }
    case 'deactivate':
    case 'activate':
      return {
        method: 'POST',
        path: `/users/${account}/manage/lifecycle/${change.kind === 'deactivate' ? 'disable' : 'enable'}`,
      }
  }
}

/** Makes the Directory of one organization. */
export function createDirectory(options: DirectoryOptions): Directory {
  const { organizationId, readKey, actKey = readKey, system } = options
  const http = createHttp(options)
  const v2 = `/admin/v2/orgs/${organizationId}`
  const groups = createGroups({ http, base: v2, key: readKey, system })
  const users = `${v2}/directories/-/users`

  async function all<Row>(schema: z.ZodType<Page<Row>>, first: string | Record<string, unknown>, path: string) {
    const rows: Row[] = []
    for (let cursor: string | undefined; ;) {
      const asked =
        typeof first === 'string'
          ? {
              method: 'GET' as const,
              path: `${path}?${first}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
            }
          : { method: 'POST' as const, path, body: cursor === undefined ? first : { cursor } }
      const { data, links } = await http.read(schema, { ...asked, key: readKey })
      rows.push(...data)
      const next = links?.next == null ? undefined : bareCursor(links.next)
      if (next !== undefined && next === cursor)
        throw new DirectoryError(
          'unexpected-response',
          `Atlassian repeated a page of ${path}. Nothing was changed; try again.`,
        )
      cursor = next
      if (cursor === undefined) return rows
    }
  }
  async function grantsOf(workspaces: readonly Workspace[]): Promise<readonly GroupGrant[]> {
    const grants: GroupGrant[] = []
    for (const { ari, sandbox } of workspaces) if (!sandbox) grants.push(...(await groups.granting(ari)))
    return grants
  }
  let listing: readonly GroupGrant[] | undefined

  return {
    async organization() {
      const { data } = await http.read(answers.organizationAnswer, {
        method: 'GET',
        path: `/admin/v1/orgs/${organizationId}`,
        key: readKey,
      })
      if (data.id !== organizationId)
        throw new DirectoryError(
          'unexpected-response',
          `Atlassian answered for organization ${data.id} instead of ${organizationId}. Nothing was changed.`,
        )
      return { id: brandId(data.id), name: data.attributes.name }
    },
    async directories() {
      const rows = await all(answers.directoriesAnswer, 'limit=100', `${v2}/directories`)
      return rows.map(({ directoryId, name }) => ({ id: brandId<DirectoryId>(directoryId), name: name ?? '' }))
    },
    async workspaces() {
      const rows = await all(answers.workspacesAnswer, { limit: 100 }, `${v2}/workspaces`)
      return rows.flatMap(({ id, attributes: { hostUrl, capacity, sandbox } }): Workspace[] => {
        const site = /^https?:\/\/([^/]+)/.exec(hostUrl ?? '')?.[1]
        const product = /^ari:cloud:([^:]+)::site\//.exec(id)?.[1]
        if (site === undefined || product === undefined) return []
        return [
          { ari: brandId(id), site, product, capacity: capacity ?? undefined, sandbox: sandbox?.type === 'CHILD' },
        ]
      })
    },
    countAccounts: async () =>
      (await http.read(answers.countAnswer, { method: 'GET', path: `${users}/count`, key: readKey })).count,
    async countSeats(workspace) {
      const query = `resourceIds=${encodeURIComponent(workspace)}&roleIds=${encodeURIComponent('atlassian/user')}&status=active`
      return (await http.read(answers.countAnswer, { method: 'GET', path: `${users}/count?${query}`, key: readKey }))
        .count
    },
    async readAccounts(workspaces, cursor) {
      if (cursor === undefined || listing === undefined) listing = await grantsOf(workspaces)
      const grants = listing
      const body = cursor === undefined ? { limit: 100, expand } : { cursor }
      const { data, links } = await http.read(answers.usersAnswer, {
        method: 'POST',
        path: `${users}/search`,
        key: readKey,
        body,
      })
      const next = links?.next ?? undefined
      if (next !== undefined && next === cursor)
        throw new DirectoryError(
          'unexpected-response',
          'Atlassian repeated a page of accounts. Nothing was changed; run "rollcall sync" again.',
        )
      return {
        accounts: data.map((row) => readAccountRow(row, workspaces, grants)),
        ...(next === undefined ? {} : { cursor: next }),
      }
    },
    async readAccount(accountId, workspaces) {
      const body = { accountIds: [accountId], limit: 1, expand }
      const { data } = await http.read(answers.usersAnswer, {
        method: 'POST',
        path: `${users}/search`,
        key: readKey,
        body,
      })
      const row = data.find((one) => one.accountId === accountId)
      if (row === undefined)
        throw new DirectoryError('not-found', `Account ${accountId} is not in the organization any more.`)
      const roles = await all(
        answers.userRolesAnswer,
        'limit=100',
        `${users}/${encodeURIComponent(accountId)}/role-assignments`,
      )
      const directories = new Map(
        roles.flatMap(({ directoryId, userDirectoryStatus }) =>
          directoryId == null ? [] : [[directoryId, userDirectoryStatus ?? row.membershipStatus] as const],
        ),
      )
      if (directories.size === 0) {
        const own = await all(
          answers.directoriesAnswer,
          `limit=100&accountId=${encodeURIComponent(accountId)}`,
          `${v2}/directories`,
        )
        for (const { directoryId } of own)
          directories.set(directoryId, own.length === 1 ? row.membershipStatus : 'unknown')
      }
      const account = readAccountRow(row, workspaces, await grantsOf(workspaces))
      return {
        ...account,
        directories: [...directories].map(([id, status]) => ({
          id: brandId<DirectoryId>(id),
          status: membershipOf(status),
        })),
      }
    },
    grantingGroups: (workspace) => groups.granting(workspace),
    groupsNamed: (name) => groups.named(name),
    async lifecycle(accountId) {
      const path = `/users/${encodeURIComponent(accountId)}/manage?privileges=lifecycle.enablement`
      const answer = await http.read(answers.privilegesAnswer, { method: 'GET', path, key: actKey })
      const { allowed, reason } = answer['lifecycle.enablement']
      return { allowed, ...(reason == null ? {} : { reason: reason.key }) }
    },
    apply: (change, permit) =>
      http.change({ ...pathOf(change, v2), key: actKey, permit }, (status, { code }) =>
        change.kind === 'add-to-group'
          ? code === 'ADMIN-UAM-409-2'
          : change.kind === 'remove-from-group' && status === 404 && code.endsWith('404-1'),
      ),
    requests: () => http.requests(),
  }
}
