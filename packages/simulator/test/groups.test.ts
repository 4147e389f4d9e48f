import { expect, it } from 'vitest'
import { codeOf, list, open, text } from './open.js'

it('adding a member again is a conflict or returns 204, depending on the switch', async () => {
  const { call, control, here, group, person } = await open()
  const path = `${here}/groups/${group('team-design')}/memberships`
  const accountId = person(({ groups }) => groups.has(group('team-design')))
  const again = await call('POST', path, { accountId })
  expect([again.status, codeOf(again)]).toEqual([409, 'ADMIN-UAM-409-2'])
  await control('behaviour', { readdGives204: true })
  expect((await call('POST', path, { accountId })).status).toBe(204)
  expect((await control('calls'))['writes']).toEqual([])
})

it('a synced group accepts no membership change and cannot be deleted', async () => {
  const { call, here, group, person } = await open({ users: 400 })
  const id = group('okta-engineering')
  const member = person(({ groups }) => groups.has(id))
  for (const [method, path, body] of [
    ['POST', '/memberships', { accountId: person(({ groups }) => !groups.has(id)) }],
    ['DELETE', `/memberships/${member}`, undefined],
    ['DELETE', '', undefined],
  ] as const) {
    const refused = await call(method, `${here}/groups/${id}${path}`, body)
    expect([refused.status, codeOf(refused)]).toEqual([403, 'ADMIN-403-5'])
  }
  const row = (await call('GET', `${here}/groups/${id}`)).body['data']
  expect(row).toMatchObject({ externalSynced: true, managedBy: 'external', managementAccess: { modifiable: false } })
})

it('removing an account that is not a member returns 404', async () => {
  const { call, here, group, person } = await open()
  const id = person(() => true)
  const refused = await call('DELETE', `${here}/groups/${group('empty-group')}/memberships/${id}`)
  expect([refused.status, codeOf(refused)]).toEqual([404, 'ADMIN-UAM-404-1'])
})

it('a group is created without an id in the response, found by name in any case, and deleted with its memberships', async () => {
  const { call, here, anywhere, person, truth } = await open()
  const created = await call('POST', `${here}/groups`, { name: 'Night shift', description: 'Those who watch' })
  expect([created.status, created.body]).toEqual([201, undefined])
  expect((await call('POST', `${here}/groups`, { name: 'night SHIFT' })).status).toBe(409)
  const found = list((await call('POST', `${anywhere}/groups/search`, { groupNames: ['NIGHT shift'] })).body['data'])
  const id = text(found[0]?.['id'])
  const accountId = person(() => true)
  expect((await call('POST', `${here}/groups/${id}/memberships`, { accountId })).status).toBe(204)
  expect((await call('DELETE', `${here}/groups/${id}`)).status).toBe(204)
  expect(JSON.stringify((await truth(accountId))['groups'])).not.toContain(id)
  expect((await call('GET', `${here}/groups/${id}`)).status).toBe(404)
})

it('default groups and admin groups cannot be deleted', async () => {
  const { call, here, group } = await open()
  const codes: string[] = []
  for (const name of ['jira-users-acme', 'org-admins'])
    codes.push(codeOf(await call('DELETE', `${here}/groups/${group(name)}`)))
  expect(codes).toEqual(['ADMIN-403-6', 'ADMIN-403-7'])
})

it('groups can be searched by grant, member and term, and are sorted by name', async () => {
  const { call, anywhere, ari, group, organization } = await open()
  const names = async (filter: unknown) =>
    list((await call('POST', `${anywhere}/groups/search`, filter)).body['data']).map((row) => text(row['name']))
  const granting = ['all-in-one-acme', 'jira-testers-acme', 'jira-users-acme', 'okta-engineering']
  expect(await names({ resourceIds: [ari(0)], sortBy: [{ field: 'name', direction: 'asc' }] })).toEqual(granting)
  expect(await names({ searchTerm: 'TEAM-D' })).toEqual(['team-design'])
  const [account] = organization.accounts
  expect((await names({ accountIds: [account?.accountId], limit: 100 })).length).toBe(account?.groups.size)
  expect(await names({ groupIds: [group('empty-group')] })).toEqual(['empty-group'])
})

it('a role of a group gives its members the product, and revoking the role removes it', async () => {
  const { call, here, group, ari, organization, truth, person } = await open()
  const id = group('team-design')
  const path = `${here}/groups/${id}/role-assignments`
  const body = { resourceId: ari(4), roleId: 'atlassian/user' }
  const member = person(
    ({ groups, accountStatus, memberships }) =>
      groups.has(id) && accountStatus === 'active' && [...memberships.values()][0]?.status === 'active',
  )
  for (const workspace of organization.workspaces) workspace.capacity = null
  expect((await call('POST', `${path}/assign`, body)).status).toBe(200)
  expect((await truth(member))['access']).toContain(ari(4))
  expect(organization.tally.seats(ari(4))).toBeGreaterThan(0)
  expect((await call('GET', path)).body['data']).toEqual([
    { resourceId: ari(4), resourceOwner: 'jira-software', roles: ['atlassian/user'], defaultRole: null },
  ])
  expect((await call('POST', `${path}/revoke`, body)).status).toBe(204)
  expect(organization.tally.seats(ari(4))).toBe(0)
  const wrong = await call('POST', `${path}/assign`, { ...body, roleId: 'atlassian/emperor' })
  expect([wrong.status, codeOf(wrong)]).toEqual([400, 'ADMIN-UAM-400-3'])
})

it('in the original model a group accepts only people of its own directory', async () => {
  const { call, v2, organization, group, person } = await open({ model: 'original' })
  const [, second] = organization.directories
  const accountId = person(({ memberships }) => memberships.size === 1)
  const path = `${v2}/directories/${second?.id ?? ''}/groups/${group('jira-users-eu')}/memberships`
  expect(codeOf(await call('POST', path, { accountId }))).toBe('ADMIN-UAM-404-1')
})
