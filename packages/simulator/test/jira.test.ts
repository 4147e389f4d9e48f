import { expect, it } from 'vitest'
import { list, open, text } from './open.js'

it('paging by offset lists every user once, people before apps and customers, until a page is empty', async () => {
  const { call, jira, organization } = await open()
  const { accounts, others } = organization
  const all = [...accounts, ...others].map(({ accountId }) => accountId)
  for (const size of [1, 7, 50, 1000]) {
    const ids: string[] = []
    for (;;) {
      const page = list((await call('GET', `${jira}/users/search?startAt=${ids.length}&maxResults=${size}`)).body)
      if (page.length === 0) break
      ids.push(...page.map((row) => text(row['accountId'])))
    }
    expect(ids).toEqual(all)
  }
  const types = list((await call('GET', `${jira}/users/search?maxResults=1000`)).body).map((row) => row['accountType'])
  expect(new Set(types)).toEqual(new Set(['atlassian', 'app', 'customer']))
})

it('the admin API lists apps and customers only with that switch on', async () => {
  const { listUserIds, organization } = await open()
  expect(await listUserIds(100)).toHaveLength(organization.accounts.length)
  const other = await open({ behaviour: { listOthers: true }, recorded: false })
  expect(await other.listUserIds(100)).toHaveLength(organization.accounts.length + organization.others.length)
})

it('pickers hide suspended users, and the full list shows them as inactive', async () => {
  const { call, here, jira, person, organization } = await open()
  const id = person(
    ({ orgRoles, memberships }) => orgRoles.size === 0 && [...memberships.values()][0]?.status === 'active',
  )
  const query = organization.byId.get(id)?.email ?? ''
  const found = async () => list((await call('GET', `${jira}/user/search?query=${query}`)).body).length
  expect(await found()).toBe(1)
  await call('POST', `${here}/users/${id}/suspend`)
  expect(await found()).toBe(0)
  expect((await call('GET', `${jira}/user?accountId=${id}`)).body['active']).toBe(false)
})

it('Jira adds and removes members like the admin API', async () => {
  const { call, jira, group, person, truth } = await open()
  const accountId = person(({ groups }) => !groups.has(group('empty-group')))
  const path = `${jira}/group/user?groupId=${group('empty-group')}`
  const members = async () =>
    (await call('GET', `${jira}/group/member?groupId=${group('empty-group')}&includeInactiveUsers=true`)).body['total']
  expect((await call('POST', path, { accountId })).status).toBe(201)
  expect([await members(), JSON.stringify((await truth(accountId))['groups'])]).toEqual([
    1,
    expect.stringContaining('empty-group'),
  ])
  const again = await call('POST', path, { accountId })
  expect([again.status, text(again.body['errorMessages']?.[0])]).toEqual([
    400,
    "Cannot add user. User is already a member of 'empty-group'",
  ])
  expect((await call('DELETE', `${path}&accountId=${accountId}`)).status).toBe(200)
  expect(await members()).toBe(0)
  const synced = await call('POST', `${jira}/group/user?groupId=${group('okta-engineering')}`, { accountId })
  expect(synced.status).toBe(403)
})

it('used and free seats add up to the capacity, unless it is unlimited', async () => {
  const { call, jira, organization } = await open()
  const roles = list((await call('GET', `${jira}/applicationrole`)).body)
  expect(roles.map((role) => role['key'])).toEqual(['jira-software', 'jira-servicedesk'])
  for (const [index, role] of roles.entries())
    expect(Number(role['userCount']) + Number(role['remainingSeats'])).toBe(organization.workspaces[index]?.capacity)
  const one = await call('GET', `${jira}/applicationrole/jira-software`)
  expect(one.body).toEqual(roles[0])
  expect((await call('GET', `${jira}/applicationrole/confluence`)).status).toBe(404)
})

it('the approximate count of licences is at most a week old', async () => {
  const { call, here, jira, person, group, control } = await open()
  const counted = async () =>
    Number((await call('GET', `${jira}/license/approximateLicenseCount/product/jira-software`)).body['value'])
  const before = await counted()
  const id = person(
    ({ orgRoles, groups, accountStatus, memberships }) =>
      orgRoles.size === 0 &&
      accountStatus === 'active' &&
      groups.has(group('jira-users-acme')) &&
      [...memberships.values()][0]?.status === 'active',
  )
  await call('POST', `${here}/users/${id}/suspend`)
  expect(await counted()).toBe(before)
  await control('clock', { advanceMs: 7 * 86_400_000 })
  expect(await counted()).toBe(before - 1)
})

it('Jira creates and removes users and groups', async () => {
  const { call, jira, group, organization } = await open()
  const created = await call('POST', `${jira}/user`, { emailAddress: 'jo@acme.example', products: ['jira-software'] })
  const id = text(created.body['accountId'])
  expect([created.status, created.body['active']]).toEqual([201, true])
  expect(organization.byId.get(id)?.groups.has(group('jira-users-acme'))).toBe(true)
  expect((await call('DELETE', `${jira}/user?accountId=${id}`)).status).toBe(204)
  expect((await call('GET', `${jira}/user/groups?accountId=${id}`)).body).toEqual([])
  const made = await call('POST', `${jira}/group`, { name: 'made-here' })
  const groupId = text(made.body['groupId'])
  const picked = await call('GET', `${jira}/groups/picker?query=made`)
  expect([made.status, picked.body['total']]).toEqual([201, 1])
  expect((await call('GET', `${jira}/group/bulk?groupId=${groupId}`)).body['total']).toBe(1)
  expect((await call('DELETE', `${jira}/group?groupId=${groupId}`)).status).toBe(200)
})

it('Jira returns the requester, their permissions, the licences and the server', async () => {
  const { call, jira, organization } = await open()
  const [owner] = organization.accounts
  expect((await call('GET', `${jira}/myself?expand=groups`)).body).toMatchObject({
    accountId: owner?.accountId,
    groups: { size: owner?.groups.size },
  })
  const permissions = (await call('GET', `${jira}/mypermissions?permissions=ADMINISTER`)).body['permissions']
  expect(permissions?.['ADMINISTER']?.['havePermission']).toBe(true)
  expect((await call('GET', `${jira}/mypermissions`)).status).toBe(400)
  expect((await call('GET', `${jira}/serverInfo`)).body['deploymentType']).toBe('Cloud')
  expect(list((await call('GET', `${jira}/instance/license`)).body['applications']).length).toBe(2)
  const bulk = await call('GET', `${jira}/user/bulk?accountId=${owner?.accountId ?? ''}&accountId=nobody`)
  expect([bulk.body['total'], bulk.body['isLast']]).toEqual([1, true])
})
