import { expect, it } from 'vitest'
import { codeOf, list, open } from './open.js'

const ordinary = ({
  orgRoles,
  memberships,
  accountStatus,
}: Parameters<Parameters<Awaited<ReturnType<typeof open>>['person']>[0]>[0]) =>
  orgRoles.size === 0 && accountStatus === 'active' && [...memberships.values()][0]?.status === 'active'

it('suspending removes access and keeps groups, and restoring gives access back', async () => {
  const { call, here, person, truth } = await open()
  const id = person((one) => ordinary(one) && one.groups.size > 2)
  const before = await truth(id)
  expect((await call('POST', `${here}/users/${id}/suspend`)).status).toBe(204)
  expect(await truth(id)).toMatchObject({ status: 'suspended', access: [], groups: before['groups'] })
  expect((await call('POST', `${here}/users/${id}/restore`)).status).toBe(204)
  expect(await truth(id)).toMatchObject({ status: 'active', access: before['access'], groups: before['groups'] })
})

it('suspending or restoring again returns 204 and changes nothing', async () => {
  const { call, here, person, truth, control } = await open()
  const id = person(ordinary)
  for (const verb of ['restore', 'suspend', 'suspend', 'suspend'])
    expect((await call('POST', `${here}/users/${id}/${verb}`)).status).toBe(204)
  expect((await truth(id))['effectiveChanges']).toBe(1)
  expect((await control('calls'))['writes']).toHaveLength(1)
})

it('an organization admin cannot be suspended, removed or deactivated until the role is revoked', async () => {
  const { call, here, v1, person, truth } = await open()
  const id = person(({ orgRoles }) => orgRoles.has('atlassian/org-admin'))
  expect(codeOf(await call('POST', `${here}/users/${id}/suspend`))).toBe('ADMIN-UAM-400-1')
  expect((await call('DELETE', `${here}/users/${id}`)).status).toBe(400)
  const refused = await call('POST', `/users/${id}/manage/lifecycle/disable`)
  expect([refused.status, refused.body['key']]).toEqual([409, 'conflict.lifecycleErrors'])
  const revoked = await call('POST', `${v1}/users/${id}/role-assignments/revoke`, { role: 'atlassian/org-admin' })
  expect(revoked.status).toBe(204)
  expect((await call('POST', `${here}/users/${id}/suspend`)).status).toBe(204)
  expect(await truth(id)).toMatchObject({ status: 'suspended', roles: [] })
})

it('the last organization admin keeps the role', async () => {
  const { call, v1, organization } = await open()
  const admins = organization.accounts.filter(({ orgRoles }) => orgRoles.has('atlassian/org-admin'))
  const statuses: number[] = []
  for (const { accountId } of admins) {
    const path = `${v1}/users/${accountId}/role-assignments/revoke`
    statuses.push((await call('POST', path, { role: 'atlassian/org-admin' })).status)
  }
  expect(statuses).toEqual([204, 204, 204, 403])
})

it('accounts outside of the directory are not found, and writes need the id of the directory', async () => {
  const { call, v2, anywhere, organization, person } = await open({ model: 'original' })
  const [, second] = organization.directories
  const id = person(({ memberships }) => memberships.size === 1)
  for (const path of [`${v2}/directories/${second?.id ?? ''}`, anywhere]) {
    const refused = await call('POST', `${path}/users/${id}/suspend`)
    expect([refused.status, codeOf(refused)]).toEqual([404, 'ADMIN-UAM-404-1'])
  }
})

it('a person in two directories is suspended only when both say so', async () => {
  const { call, v2, organization, person, truth } = await open({ model: 'original' })
  const id = person((one) => ordinary(one) && one.memberships.size === 2)
  const statuses: unknown[] = []
  for (const { id: directoryId } of organization.directories) {
    await call('POST', `${v2}/directories/${directoryId}/users/${id}/suspend`)
    statuses.push((await truth(id))['status'])
  }
  expect(statuses).toEqual(['active', 'suspended'])
})

it('a deactivated account keeps its groups and takes no seat', async () => {
  const { call, person, truth, ari, organization } = await open()
  const id = person((one) => ordinary(one) && one.managed && !one.synced && one.groups.size > 2)
  const groups = (await truth(id))['groups']
  const seats = organization.tally.seats(ari(0))
  expect((await call('POST', `/users/${id}/manage/lifecycle/disable`)).status).toBe(204)
  expect(await truth(id)).toMatchObject({ status: 'deactivated', access: [], groups })
  expect(organization.tally.seats(ari(0))).toBe(seats - 1)
  await call('POST', `/users/${id}/manage/lifecycle/enable`)
  expect([(await truth(id))['status'], organization.tally.seats(ari(0))]).toEqual(['active', seats])
})

it('a deletion is final after fourteen days, and can be cancelled before', async () => {
  const { call, person, truth, control } = await open()
  const id = person((one) => ordinary(one) && one.managed && !one.synced)
  const lifecycle = async (verb: string) => (await call('POST', `/users/${id}/manage/lifecycle/${verb}`)).status
  expect([await lifecycle('delete'), (await truth(id))['status']]).toEqual([200, 'for_deletion'])
  expect(await lifecycle('enable')).toBe(403)
  expect([await lifecycle('cancel-delete'), (await truth(id))['status']]).toEqual([200, 'active'])
  await lifecycle('delete')
  await control('clock', { advanceMs: 14 * 86_400_000 })
  expect(await truth(id)).toMatchObject({ accountStatus: 'closed', status: 'deactivated' })
  expect(await lifecycle('cancel-delete')).toBe(403)
})

it('the history of an account contains every change and no read', async () => {
  const { call, here, anywhere, person, group, truth } = await open()
  const id = person((one) => ordinary(one) && !one.groups.has(group('empty-group')))
  await call('POST', `${here}/groups/${group('empty-group')}/memberships`, { accountId: id })
  await call('POST', `${here}/users/${id}/suspend`)
  await call('GET', `${anywhere}/users/${id}`)
  const state = await truth(id)
  expect(list(state['history']).map((one) => [one['change'], one['by']])).toEqual([
    ['add-to-group empty-group', 'api'],
    ['suspend', 'api'],
  ])
  expect(state['effectiveChanges']).toBe(2)
})
