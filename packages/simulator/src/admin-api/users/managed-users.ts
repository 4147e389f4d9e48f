// The managed accounts of v1, and the per-person last-active dates: how clients read them before users/search existed.

import { visibleAccount, type Call } from '../../http/call.js'
import { applicationError, ok, type ApiResponse } from '../../http/responses.js'
import type { Account, Organization } from '../../organization/organization.js'
import { readPageRequest, pageOf } from '../../http/paging.js'
import { iso } from './user-row.js'

/** The API has no limit parameter. This page size was observed. */
const perPage = 100

function row(account: Account, { workspaces }: Organization, base: string) {
  const { accountId, accountType, accountStatus, name, email, lastActive, activeElsewhere } = account
  const used = workspaces.flatMap(({ ari, typeKey, type, host }) => {
    const at = lastActive.get(ari)
    return at === undefined ? [] : [{ key: typeKey, name: type, url: host, last_active: iso(at) }]
  })
  const everywhere = [...lastActive.values(), ...(activeElsewhere === undefined ? [] : [activeElsewhere])]
  return {
    account_id: accountId,
    account_type: accountType,
    account_status: accountStatus,
    name,
    email,
    picture: 'https://avatar.example/a.png',
    access_billable: accountStatus === 'active',
    ...(everywhere.length === 0 ? {} : { last_active: iso(Math.max(...everywhere)) }),
    product_access: used,
    links: { self: `${base}/users/${accountId}/manage/profile` },
  }
}

/** GET /v1/orgs/{orgId}/users. */
export function managedUsers(call: Call): ApiResponse {
  const { organization, base, changes } = call
  const page = readPageRequest(call, 'managed', { standard: perPage, most: perPage })
  const { data, next } = pageOf(call, { ...page, limit: perPage }, organization.accounts, (account) =>
    account.managed ? changes.visible(account) : undefined,
  )
  const self = `${base}/admin/v1/orgs/${organization.id}/users`
  return ok({
    data: data.map((account) => row(account, organization, base)),
    meta: { total: organization.tally.managed() },
    links: { self, ...(next === undefined ? {} : { next: `${self}?cursor=${next}` }) },
  })
}

/** GET /v1/…/directory/users/{accountId}/last-active-dates. */
export function lastActiveDates(call: Call): ApiResponse {
  const account = visibleAccount(call, call.params['accountId'] ?? '')
  if (account === undefined) return applicationError(404, 'ADMIN-404-8', 'User not found')
  const added = call.organization.model === 'centralized' ? iso(account.addedToOrg) : null
  return ok({
    data: {
      product_access: [...account.lastActive].map(([id, at]) => ({
        id,
        key: id.split(':')[2],
        last_active: iso(at).slice(0, 10),
        last_active_timestamp: iso(at),
      })),
      added_to_org: added?.slice(0, 10) ?? null,
      added_to_org_timestamp: added,
    },
    links: { next: null },
  })
}
