import { expect, it } from 'vitest'
import { list, open } from './open.js'

const query = (filter: Readonly<Record<string, string>>) => `?${new URLSearchParams(filter).toString()}`

it.each([
  ['all users', {}],
  ['the active', { status: 'active' }],
  ['the suspended', { status: 'suspended' }],
  ['the deactivated', { status: 'deactivated' }],
  ['the managed', { claimStatus: 'managed' }],
  ['a domain', { emailDomains: 'partner.example' }],
  ['a name', { searchTerm: 'mia' }],
  ['organization admins', { roleIds: 'atlassian/org-admin' }],
])('the count of %s agrees with the list, in both models', async (_, filter) => {
  for (const model of ['centralized', 'original'] as const) {
    const { listUserIds, count } = await open({ users: 300, model })
    const listed = await listUserIds(100, filter)
    expect(listed.length).toBeGreaterThan(0)
    expect(await count(query(filter as Record<string, string>))).toBe(listed.length)
  }
})

it('the count of a group agrees with the list and with the figure of the group', async () => {
  const { listUserIds, count, call, anywhere, group } = await open()
  for (const name of ['jira-users-acme', 'team-design', 'okta-engineering', 'empty-group']) {
    const id = group(name)
    const details = await call('GET', `${anywhere}/groups/${id}`)
    const listed = await listUserIds(13, { groupIds: [id] })
    const counts = details.body['data']?.['counts']
    expect([await count(`?groupIds=${id}`), counts?.['users']]).toEqual([listed.length, listed.length])
  }
})

it('used seats are the same in the count, in the list, in Jira and in the true state', async () => {
  for (const model of ['centralized', 'original'] as const) {
    const { listUserIds, count, call, control, jira, ari } = await open({ users: 300, model })
    const filter = { resourceIds: ari(0), roleIds: 'atlassian/user', status: 'active' }
    const listed = (await listUserIds(100, { ...filter, resourceIds: [ari(0)], roleIds: ['atlassian/user'] })).length
    const truths = list((await control('accounts'))['accounts'])
    const truth = truths.filter((one) => list(one['access']).includes(ari(0) as never)).length
    const roles = list((await call('GET', `${jira}/applicationrole`)).body)
    expect([await count(query(filter)), roles[0]?.['userCount'], listed]).toEqual([truth, truth, truth])
    expect(truth).toBeGreaterThan(100)
  }
})

it('the figures of users and groups add up to the counts', async () => {
  const { call, anywhere, count } = await open()
  const users = (await call('GET', `${anywhere}/users/stats`)).body
  const sum = list(users['accountStatus']).reduce((total, one) => total + Number(one['count']), 0)
  expect(sum).toBe(await count())
  const groups = (await call('GET', `${anywhere}/groups/stats`)).body
  const counted = (await call('GET', `${anywhere}/groups/count`)).body
  expect(groups['totals']).toEqual({ all: counted['count'], synced: 1, managed: Number(counted['count']) - 1 })
})

it('managed accounts count even without a directory, and unmanaged ones only with one', async () => {
  const { call, here, person, count, truth } = await open()
  const managed = person((one) => one.managed && one.orgRoles.size === 0)
  const unmanaged = person((one) => !one.managed)
  const before = await count()
  for (const id of [managed, unmanaged]) expect((await call('DELETE', `${here}/users/${id}`)).status).toBe(204)
  expect(await count()).toBe(before - 1)
  expect(await count('?status=not_invited')).toBe(1)
  expect(await truth(managed)).toMatchObject({ status: 'not_invited', memberships: [], groups: [], access: [] })
})
