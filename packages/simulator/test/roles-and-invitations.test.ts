import { expect, it } from 'vitest'
import { codeOf, list, open, text } from './open.js'

it('a product role is membership in its default group, and revoking it ends the membership', async () => {
  const { call, v1, ari, group, person, truth } = await open()
  const id = person(
    ({ groups }) => !groups.has(group('confluence-users-acme')) && !groups.has(group('all-in-one-acme')),
  )
  const body = { role: 'atlassian/user', resource: ari(2) }
  expect((await call('POST', `${v1}/users/${id}/roles/assign`, body)).status).toBe(204)
  expect(JSON.stringify((await truth(id))['groups'])).toContain('confluence-users-acme')
  expect((await call('POST', `${v1}/users/${id}/roles/revoke`, body)).status).toBe(204)
  expect(JSON.stringify((await truth(id))['groups'])).not.toContain('confluence-users-acme')
})

it('a role without a default group is assigned directly, and the response says so', async () => {
  const { call, v1, anywhere, ari, person } = await open()
  const id = person(({ groups }) => groups.size === 1)
  await call('POST', `${v1}/users/${id}/roles/assign`, { role: 'atlassian/guest', resource: ari(2) })
  const rows = list((await call('GET', `${anywhere}/users/${id}/role-assignments`)).body['data'])
  expect(rows.find((row) => text(row['resourceId']) === ari(2))?.['roleAssignments']).toEqual([
    { role: 'atlassian/guest', roleAssignmentMethods: ['direct'] },
  ])
})

it('unknown roles and resources are refused, each with its code', async () => {
  const { call, v1, ari, person } = await open()
  const path = `${v1}/users/${person(() => true)}/roles/assign`
  const code = async (role: string, resource: string) => codeOf(await call('POST', path, { role, resource }))
  expect(await code('atlassian/emperor', ari(0))).toBe('ADMIN-UAM-400-3')
  expect(await code('atlassian/user', 'jira')).toBe('ADMIN-UAM-400-1')
  expect(await code('atlassian/admin', ari(0).replace('jira-software', 'jira-admin'))).toBe('ADMIN-UAM-400-5')
  expect(await code('atlassian/user', 'ari:cloud:jira-software::site/none')).toBe('ADMIN-UAM-404-3')
})

it('an invited person gets an account, and the roles and groups of the invitation', async () => {
  const { call, v2, ari, group, truth, count } = await open()
  const before = await count()
  const { status, body } = await call('POST', `${v2}/users/invite`, {
    emails: ['new.one@acme.example', 'two@elsewhere.example'],
    permissionRules: [{ resource: ari(0), role: 'atlassian/user' }],
    additionalGroups: [group('team-design')],
  })
  expect([status, list(body['data']).length, (await count()) - before]).toEqual([200, 2, 2])
  const [first, second] = [await truth(text(body['data']?.[0]?.['id'])), await truth(text(body['data']?.[1]?.['id']))]
  expect([first['managed'], second['managed']]).toEqual([true, false])
  expect(first['access']).toContain(ari(0))
  expect(JSON.stringify(first['groups'])).toContain('team-design')
  expect(JSON.stringify(body)).not.toContain('ERROR')
})

it('a partly failed invitation returns 206, and invitations require a subscription', async () => {
  const { call, v2, ari, control, organization } = await open()
  await control('workspaces', { ari: ari(0), capacity: organization.tally.seats(ari(0)) })
  const body = { emails: ['late@acme.example'], permissionRules: [{ resource: ari(0), role: 'atlassian/user' }] }
  const partial = await call('POST', `${v2}/users/invite`, body)
  expect(partial.status).toBe(206)
  expect(partial.body['data']?.[0]?.['results']?.[0]?.['roleAssignmentResult']?.[0]).toMatchObject({ status: 'ERROR' })
  await control('behaviour', { paid: false })
  expect((await call('POST', `${v2}/users/invite`, body)).status).toBe(402)
})

it('a removed user can be invited again under the same account', async () => {
  const { call, v2, here, person, organization, truth } = await open()
  const id = person(({ orgRoles }) => orgRoles.size === 0)
  await call('DELETE', `${here}/users/${id}`)
  const emails = [organization.byId.get(id)?.email]
  const { body } = await call('POST', `${v2}/users/invite`, { emails })
  expect(body['data']?.[0]?.['id']).toBe(id)
  expect((await truth(id))['memberships']).toHaveLength(1)
})

it('each change is an event, newest first in the list and oldest first in the stream', async () => {
  const { call, v1, here, person, control } = await open()
  const id = person(
    ({ orgRoles, memberships }) => orgRoles.size === 0 && [...memberships.values()][0]?.status === 'active',
  )
  await call('POST', `${here}/users/${id}/suspend`)
  await control('clock', { advanceMs: 1000 })
  await call('POST', `${here}/users/${id}/restore`)
  const actions = async (path: string) =>
    list((await call('GET', `${v1}/${path}`)).body['data']).map((row) => text(row['attributes']?.['action']))
  expect(await actions('events')).toEqual(['restore', 'suspend'])
  expect(await actions('events-stream')).toEqual(['suspend', 'restore'])
  expect(await actions('events?action=suspend')).toEqual(['suspend'])
  const first = list((await call('GET', `${v1}/events-stream?limit=1`)).body['data'])[0]
  expect((await call('GET', `${v1}/events/${text(first?.['id'])}`)).body['data']?.['id']).toBe(first?.['id'])
  const known = list((await call('GET', `${v1}/event-actions`)).body['data']).map((row) => text(row['id']))
  expect(known).toEqual(expect.arrayContaining(['suspend', 'restore']))
})

it('profile, address and tokens of a managed account can be read and changed', async () => {
  const { call, person, organization } = await open()
  const id = person(({ managed, tokens }) => managed && tokens.length > 0)
  const manage = `/users/${id}/manage`
  const changed = await call('PATCH', `${manage}/profile`, { nickname: 'Kit', extended_profile: { department: 'Ops' } })
  expect(changed.body['account']).toMatchObject({ nickname: 'Kit', extended_profile: { department: 'Ops' } })
  const long = await call('PATCH', `${manage}/profile`, { nickname: 'x'.repeat(31) })
  expect([long.status, long.body['key']]).toEqual([400, 'fieldConstraintsViolated'])
  expect((await call('PUT', `${manage}/email`, { email: 'kit@acme.example' })).status).toBe(204)
  expect((await call('PUT', `${manage}/email`, { email: 'kit@partner.example' })).body['key']).toBe(
    'forbidden.unclaimedDomain',
  )
  expect(organization.byId.get(id)?.email).toBe('kit@acme.example')
  const [token] = list((await call('GET', `${manage}/api-tokens`)).body)
  expect((await call('DELETE', `${manage}/api-tokens/${text(token?.['id'])}`)).status).toBe(204)
  expect((await call('GET', `${manage}/api-tokens`)).body).toEqual([])
})
