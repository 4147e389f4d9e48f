import { expect, it } from 'vitest'
import { codeOf, list, open } from './open.js'

it('responds with 401 to a missing, wrong, expired or revoked key and to a site token', async () => {
  const { send, call, control, keys, v1 } = await open()
  const refused = { code: 401, message: 'Unauthorized' }
  expect((await send('GET', v1)).status).toBe(401)
  for (const key of ['nobody', keys.expired, keys.site]) {
    const response = await call('GET', v1, undefined, key)
    expect([response.status, response.body]).toEqual([401, refused])
  }
  await control('keys', { key: 'unscoped', revoked: true })
  expect((await call('GET', v1)).body).toEqual(refused)
  await control('keys', { key: 'unscoped', revoked: false })
  expect((await call('GET', v1)).status).toBe(200)
})

it('a key expires on the simulated clock', async () => {
  const { call, control, v1, organization } = await open({ now: '2026-11-24T08:00:00Z' })
  await control('keys', { key: 'unscoped', expiresAt: '2026-11-24T09:00:00Z' })
  expect((await call('GET', v1)).body['data']?.['id']).toEqual(organization.id)
  await control('clock', { advanceMs: 3_600_000 })
  expect((await call('GET', v1)).status).toBe(401)
})

it('a key with scopes reads everything that the product reads, but lists no organization', async () => {
  const { call, keys, v1, v2, anywhere, organization } = await open()
  const read = (path: string) => call('GET', path, undefined, keys.scoped)
  expect((await read('/admin/v1/orgs')).body['data']).toEqual([])
  expect(list((await call('GET', '/admin/v1/orgs')).body['data'])[0]?.['id']).toBe(organization.id)
  for (const path of [
    v1,
    `${v1}/users`,
    `${v1}/domains`,
    `${v1}/events`,
    `${v2}/directories`,
    `${anywhere}/users/count`,
  ])
    expect([path, (await read(path)).status]).toEqual([path, 200])
  for (const path of [`${v2}/workspaces`, `${anywhere}/users/search`, `${anywhere}/groups/search`])
    expect([path, (await call('POST', path, {}, keys.scoped)).status]).toEqual([path, 200])
})

it('a key with scopes changes nothing: 403 on v2, 401 on v1, 403 naming manage:org on user management', async () => {
  const { call, keys, v1, here, group, person, control } = await open()
  const id = person(({ managed, orgRoles }) => managed && orgRoles.size === 0)
  for (const [method, path, body] of [
    ['POST', `${here}/users/${id}/suspend`, undefined],
    ['POST', `${here}/users/${id}/restore`, undefined],
    ['DELETE', `${here}/users/${id}`, undefined],
    ['POST', `${here}/groups`, { name: 'x' }],
    ['POST', `${here}/groups/${group('empty-group')}/memberships`, { accountId: id }],
  ] as const) {
    const refused = await call(method, path, body, keys.scoped)
    expect([refused.status, codeOf(refused)]).toEqual([403, 'ADMIN-UAM-403-1'])
  }
  const role = await call('POST', `${v1}/users/${id}/roles/assign`, { role: 'atlassian/user' }, keys.scoped)
  expect([role.status, codeOf(role)]).toEqual([401, 'ADMIN-401-2'])
  const disabled = await call('POST', `/users/${id}/manage/lifecycle/disable`, undefined, keys.scoped)
  expect([disabled.status, disabled.body['key']]).toEqual([403, 'forbidden'])
  expect(JSON.stringify(disabled.body)).toContain('manage:org')
  expect((await control('calls'))['writes']).toEqual([])
})

it('a narrower key reads only what its scopes name', async () => {
  const { call, keys, control, v1, anywhere } = await open({ recorded: false })
  await control('keys', { key: 'scoped', scopes: ['read:directories:admin'] })
  expect((await call('POST', `${anywhere}/users/search`, {}, keys.scoped)).status).toBe(200)
  expect((await call('POST', `${anywhere}/groups/search`, {}, keys.scoped)).status).toBe(403)
  expect(codeOf(await call('GET', `${v1}/users`, undefined, keys.scoped))).toBe('ADMIN-401-2')
})

it('user management refuses a wrong key in its own shape', async () => {
  const { call, keys, person } = await open()
  const path = `/users/${person(({ managed }) => managed)}/manage`
  expect((await call('GET', path, undefined, keys.expired)).body).toEqual({ key: 'unauthorized' })
})

it('a site token authenticates at Jira together with its e-mail address', async () => {
  const { send, keys, jira } = await open()
  const authorization = `Basic ${Buffer.from(`mia@acme.example:${keys.site}`).toString('base64')}`
  expect((await send('GET', `${jira}/myself`, undefined, { authorization })).status).toBe(200)
  const wrong = `Basic ${Buffer.from('mia@acme.example:guess').toString('base64')}`
  expect((await send('GET', `${jira}/myself`, undefined, { authorization: wrong })).status).toBe(401)
})
