// The managed accounts of v1, and the per-person last-active dates: the way of asking before users/search.

import type { Call } from './call.js'
import { readCursor, scan, writeCursor } from './cursors.js'
import { applicationError, ok, type Answer } from './errors.js'
import type { Account, Organization } from './organization.js'

/** The API has no limit parameter; so many a page were seen. */
const perPage = 100
const iso = (at: number) => new Date(at).toISOString()

function row(account: Account, { workspaces }: Organization, base: string) {
  const { accountId, accountStatus, name, email, lastActive } = account
  const productAccess = workspaces.flatMap(({ ari, typeKey, type, host }) => {
    const at = lastActive.get(ari)
    return at === undefined ? [] : [{ key: typeKey, name: type, url: host, last_active: iso(at) }]
  })
  const newest = Math.max(...lastActive.values())
  return {
    account_id: accountId,
    account_type: 'atlassian',
    account_status: accountStatus,
    name,
    picture: 'https://avatar.example/a.png',
    email,
    access_billable: accountStatus === 'active',
    ...(lastActive.size === 0 ? {} : { last_active: iso(newest) }),
    product_access: productAccess,
    links: { self: `${base}/users/${accountId}/manage/profile` },
  }
}

/** GET /v1/orgs/{orgId}/users. */
export function managedUsers(call: Call, base: string): Answer {
  const { organization, query } = call
  const token = query.get('cursor')
  const cursor = token === null ? { offset: 0, body: {} } : readCursor(token)
  if (cursor === undefined) return applicationError(400, 'ADMIN-400-1', 'Invalid page cursor')
  const { page, next } = scan(organization.accounts, cursor.offset, perPage, ({ managed }) => managed)
  const path = `${base}/admin/v1/orgs/${organization.id}/users`
  const links = {
    self: path,
    ...(next === undefined ? {} : { next: `${path}?cursor=${writeCursor({ offset: next, body: {} })}` }),
  }
  const total = organization.accounts.filter(({ managed }) => managed).length
  return ok({ data: page.map((account) => row(account, organization, base)), meta: { total }, links })
}

/** GET /v1/…/directory/users/{accountId}/last-active-dates. */
export const lastActiveDates = (account: Account): Answer =>
  ok({
    data: {
      product_access: [...account.lastActive].map(([id, at]) => ({
        ...{ id, key: id.split(':')[2], last_active: iso(at).slice(0, 10), last_active_timestamp: iso(at) },
      })),
      added_to_org: iso(account.addedToOrg).slice(0, 10),
      added_to_org_timestamp: iso(account.addedToOrg),
    },
    links: { next: null },
  })
