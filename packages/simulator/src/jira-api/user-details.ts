// How Jira shows a user.

import { grantedTo } from '../organization/access.js'
import type { Call } from '../http/call.js'
import type { Account } from '../organization/organization.js'
import { jiraGroup, type Site } from './site.js'

export const isActive = (account: Account, { directoryId }: Site): boolean =>
  account.accountStatus === 'active' &&
  (account.accountType !== 'atlassian' || account.memberships.get(directoryId)?.status === 'active')
const sizes = ['16x16', '24x24', '32x32', '48x48']
/** How Jira shows a user in a list. */
export const userDetails = (account: Account, site: Site) => ({
  self: `${site.rest}/user?accountId=${encodeURIComponent(account.accountId)}`,
  accountId: account.accountId,
  accountType: account.accountType,
  emailAddress: account.email,
  avatarUrls: Object.fromEntries(sizes.map((size) => [size, `https://avatar.example/${size}.png`])),
  displayName: account.name,
  active: isActive(account, site),
  timeZone: 'Europe/Berlin',
})
/** How Jira shows a single user; `expand` names groups and applicationRoles. */
export function jiraUser(call: Call, account: Account, site: Site) {
  const expand = (call.query.get('expand') ?? '').split(',')
  const { groups } = call.organization
  const mine = [...account.groups]
    .flatMap((id) => groups.get(id) ?? [])
    .filter((one) => one.directoryId === site.directoryId)
  const granted = grantedTo(account, call.organization)
  const roles = site.products
    .filter(({ ari }) => granted.has(ari))
    .map(({ typeKey, type }) => ({ key: typeKey, name: type }))
  const list = <T>(name: string, items: readonly T[]) => ({
    size: items.length,
    items: expand.includes(name) ? items : [],
  })
  return {
    ...userDetails(account, site),
    locale: 'en_US',
    groups: list(
      'groups',
      mine.map((one) => jiraGroup(one, site)),
    ),
    applicationRoles: list('applicationRoles', roles),
  }
}
