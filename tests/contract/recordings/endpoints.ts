// One valid request to each endpoint of the simulator, as data. Reads come first, and removals last.

import type { Simulator } from '@rollcall/simulator'

export type Request = readonly [method: string, path: string, body?: unknown]

function organizations({ id, groups, accounts, workspaces, domains }: Simulator['organization']): readonly Request[] {
  const [v1, v2] = [`/admin/v1/orgs/${id}`, `/admin/v2/orgs/${id}`]
  const [users, all] = [`${v2}/directories/-/users`, `${v2}/directories/-/groups`]
  const group = [...groups.values()].find(({ name }) => name === 'empty-group')
  const here = `${v2}/directories/${group?.directoryId}`
  const granting = new Set([...groups.values()].flatMap((one) => (one.grants.length > 0 ? [one.id] : [])))
  const person = accounts.find(
    ({ managed, synced, orgRoles, groups: own, accountStatus }) =>
      managed &&
      !synced &&
      orgRoles.size === 0 &&
      accountStatus === 'active' &&
      [...own].some((one) => granting.has(one)),
  )
  const account = encodeURIComponent(person?.accountId ?? '')
  const admin = encodeURIComponent(accounts.find(({ orgRoles }) => orgRoles.size > 0)?.accountId ?? '')
  const leaver = encodeURIComponent(
    accounts.findLast(({ managed, orgRoles }) => managed && orgRoles.size === 0)?.accountId ?? '',
  )
  const resource = workspaces[0]?.ari ?? ''
  const expand = ['productAccess', 'platformRoles', 'groups', 'counts.resources']
  const role = { role: 'atlassian/user', resource }
  const groupRole = { resourceId: resource, roleId: 'atlassian/user' }
  return [
    ['GET', '/admin/v1/orgs'],
    ['GET', v1],
    ['GET', `${v1}/users`],
    ['GET', `${v1}/directory/users/${account}/last-active-dates`],
    ['GET', `${v1}/domains`],
    ['GET', `${v1}/domains/${domains[0]?.id}`],
    ['GET', `${v1}/event-actions`],
    ['GET', `${v1}/policies`],
    ['GET', `${v2}/directories?limit=1`],
    ['POST', `${v2}/workspaces`, { limit: 2 }],
    ['POST', `${v2}/workspaces`, { cursor: 'no such cursor' }],
    ['GET', `${users}?limit=5&status=active&claimStatus=managed`],
    ['POST', `${users}/search`, { limit: 100, expand }],
    [
      'POST',
      `${users}/search`,
      { status: ['suspended', 'deactivated'], sortBy: [{ field: 'nick_name', direction: 'desc' }] },
    ],
    ['GET', `${users}/count?emailDomains=acme.example&accountStatus=active&accountStatus=inactive`],
    ['GET', `${users}/stats`],
    ['GET', `${users}/${account}`],
    ['GET', `${users}/${account}/role-assignments?limit=100`],
    ['GET', `${users}/${admin}/role-assignments`],
    ['GET', `${all}?limit=3&includeUsers=true&includeResources=true`],
    ['POST', `${all}/search`, { limit: 3, expand: ['counts.resources', 'counts.users'] }],
    ['GET', `${all}/count`],
    ['GET', `${all}/stats`],
    ['GET', `${all}/${group?.id}`],
    ['GET', `${all}/${[...granting][0]}/role-assignments`],
    ['POST', `${here}/users/${account}/suspend`],
    ['POST', `${here}/users/${account}/restore`],
    ['POST', `${here}/groups/${group?.id}/memberships`, { accountId: person?.accountId }],
    ['POST', `${here}/groups/${group?.id}/memberships`, { accountId: person?.accountId }],
    ['DELETE', `${here}/groups/${group?.id}/memberships/${account}`],
    ['DELETE', `${here}/groups/${group?.id}/memberships/${account}`],
    ['POST', `${v1}/users/${account}/roles/assign`, role],
    ['POST', `${v1}/users/${account}/roles/revoke`, role],
    ['POST', `${v1}/users/${account}/role-assignments/assign`, { role: 'atlassian/org-admin' }],
    ['POST', `${v1}/users/${account}/role-assignments/revoke`, { role: 'atlassian/org-admin' }],
    ['POST', `${v2}/users/invite`, { emails: ['new@acme.example'], permissionRules: [role], sendNotification: false }],
    ['POST', `${here}/groups`, { name: 'made-by-the-tour' }],
    ['POST', `${here}/groups`, { name: 'made-by-the-tour' }],
    ['POST', `${here}/groups/${group?.id}/role-assignments/assign`, groupRole],
    ['POST', `${here}/groups/${group?.id}/role-assignments/revoke`, groupRole],
    ['DELETE', `${here}/groups/${group?.id}`],
    ['DELETE', `${here}/users/${leaver}`],
    ['GET', `${v1}/events?limit=5`],
    ['GET', `${v1}/events-stream?limit=5&sortOrder=desc`],
    ['GET', `${v1}/events/no-such-event`],
  ]
}

function management({ accounts }: Simulator['organization']): readonly Request[] {
  const free = accounts.filter(({ managed, synced, orgRoles }) => managed && !synced && orgRoles.size === 0)
  const person = free.find(({ tokens }) => tokens.length > 0) ?? free[0]
  const manage = `/users/${encodeURIComponent(person?.accountId ?? '')}/manage`
  return [
    ['GET', manage],
    ['GET', `${manage}?privileges=lifecycle.enablement&privileges=profile.write`],
    ['GET', `${manage}/profile`],
    ['PATCH', `${manage}/profile`, { nickname: 'Nick' }],
    ['PATCH', `${manage}/profile`, { nickname: 'N'.repeat(31) }],
    ['PUT', `${manage}/email`, { email: 'moved@acme.example' }],
    ['PUT', `${manage}/email`, { email: 'moved@elsewhere.example' }],
    ['POST', `${manage}/lifecycle/disable`, { message: 'not seen for long' }],
    ['POST', `${manage}/lifecycle/enable`],
    ['GET', `${manage}/api-tokens`],
    ['DELETE', `${manage}/api-tokens/${person?.tokens[0]?.id ?? 'no-such-token'}`],
    ['POST', `${manage}/lifecycle/delete`],
    ['POST', `${manage}/lifecycle/cancel-delete`],
    ...accounts
      .filter(({ managed, synced }, index) => synced || (!managed && index % 20 === 0))
      .slice(0, 6)
      .flatMap(({ accountId }): Request[] => [
        ['GET', `/users/${encodeURIComponent(accountId)}/manage`],
        ['POST', `/users/${encodeURIComponent(accountId)}/manage/lifecycle/disable`, {}],
        ['PATCH', `/users/${encodeURIComponent(accountId)}/manage/profile`, { nickname: 'Nick' }],
        ['PUT', `/users/${encodeURIComponent(accountId)}/manage/email`, { email: 'moved@elsewhere.example' }],
      ]),
  ]
}

function jira({ workspaces, accounts, groups }: Simulator['organization']): readonly Request[] {
  const rest = `/ex/jira/${workspaces[0]?.cloudId}/rest/api/3`
  const [account, other] = accounts.slice(20).map(({ accountId }) => encodeURIComponent(accountId))
  const group = [...groups.values()].find(({ name }) => name.startsWith('team-'))
  return [
    ['GET', `${rest}/users/search?maxResults=20`],
    ['GET', `${rest}/users?startAt=1&maxResults=2`],
    ['GET', `${rest}/user?accountId=${account}&expand=groups,applicationRoles`],
    ['GET', `${rest}/user/groups?accountId=${account}`],
    ['GET', `${rest}/user/search?query=a`],
    ['GET', `${rest}/user/bulk?accountId=${account}&accountId=${other}`],
    ['GET', `${rest}/group?groupId=${group?.id}`],
    ['GET', `${rest}/group/member?groupId=${group?.id}&maxResults=5`],
    ['GET', `${rest}/group/bulk?groupId=${group?.id}`],
    ['GET', `${rest}/groups/picker?query=team`],
    ['GET', `${rest}/applicationrole`],
    ['GET', `${rest}/applicationrole/jira-software`],
    ['GET', `${rest}/instance/license`],
    ['GET', `${rest}/license/approximateLicenseCount`],
    ['GET', `${rest}/license/approximateLicenseCount/product/jira-software`],
    ['GET', `${rest}/mypermissions?permissions=ADMINISTER`],
    ['GET', `${rest}/myself`],
    ['GET', `${rest}/serverInfo`],
    [
      'POST',
      `${rest}/issue/ACME-1/notify`,
      { subject: 'Hello', textBody: 'Your seat', to: { users: [{ accountId: account }] } },
    ],
    ['POST', `${rest}/user`, { emailAddress: 'another@acme.example', products: ['jira-software'] }],
    ['POST', `${rest}/group`, { name: 'made-in-jira' }],
    ['POST', `${rest}/group/user?groupId=${group?.id}`, { accountId: accounts[20]?.accountId }],
    ['DELETE', `${rest}/group/user?groupId=${group?.id}&accountId=${account}`],
    ['DELETE', `${rest}/group?groupId=${group?.id}`],
    ['DELETE', `${rest}/user?accountId=${other}`],
    ['GET', `${rest}/user?accountId=nobody`],
    ['GET', `${rest}/group?groupId=none`],
  ]
}

/** All requests of the tour. */
export const endpointsOf = ({ organization }: Simulator): readonly Request[] => [
  ...organizations(organization),
  ...management(organization),
  ...jira(organization),
]
