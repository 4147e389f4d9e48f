import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { codeOf, open, text } from './open.js'

const nobody = '557058:00000000-0000-4000-a000-000000000000'

it('application errors contain code, status as text, title and detail', async () => {
  const { call, here } = await open()
  const { status, body } = await call('POST', `${here}/users/${nobody}/suspend`)
  expect(status).toBe(404)
  expect(body['errors']?.[0]).toMatchObject({ code: 'ADMIN-UAM-404-1', status: '404', title: 'Unknown Resource' })
  expect(text(body['errors']?.[0]?.['detail'])).toBe('One or more user not found in the directory')
})

it('the gateway responds with code and message', async () => {
  const { send, v1 } = await open()
  expect((await send('GET', v1)).body).toEqual({ code: 401, message: 'Unauthorized' })
})

it('the routing layer responds with time, path, status, error, message and request', async () => {
  const { call } = await open()
  const { status, body } = await call('GET', '/admin/v2/orgs/x/directories')
  expect(status).toBe(404)
  expect(Object.keys(body).sort()).toEqual(['error', 'message', 'path', 'requestId', 'status', 'timestamp'])
  expect(body).toMatchObject({ path: '/api/admin/v2/orgs/x/directories', error: 'Not Found', status: 404 })
})

it('user management responds with a key and its context', async () => {
  const { call, person } = await open({ users: 400 })
  const synced = person((one) => one.synced)
  const unmanaged = person((one) => !one.managed)
  expect((await call('GET', `/users/${nobody}/manage`)).body).toEqual({ key: 'accountNotFound' })
  expect((await call('GET', `/users/${unmanaged}/manage`)).body).toEqual({ key: 'forbidden' })
  expect((await call('POST', `/users/${synced}/manage/lifecycle/disable`)).body).toEqual({
    key: 'forbidden.action',
    context: { allowed: false, reason: { key: 'externalDirectory.scim' } },
  })
})

it('Jira responds with messages', async () => {
  const { call, jira } = await open()
  const { status, body } = await call('GET', `${jira}/user?accountId=nobody`)
  expect([status, body]).toEqual([404, { errorMessages: ['The user does not exist.'], errors: {} }])
})

it('each API refuses broken and foreign bodies in its own shape', async () => {
  const { call, anywhere, jira, person } = await open({ recorded: false })
  const id = person(({ managed }) => managed)
  for (const body of ['{"limit":', '[]', '7', 'null', '"x"', '\u0000']) {
    expect(codeOf(await call('POST', `${anywhere}/users/search`, body))).toBe('ADMIN-400-24')
    expect((await call('POST', `/users/${id}/manage/lifecycle/disable`, body)).body['key']).toBe('bodyParseFailure')
    expect((await call('POST', `${jira}/group`, body)).body['errorMessages']).toHaveLength(1)
  }
})

it('unknown paths are not found, and wrong methods are not allowed', async () => {
  const { call, v1, v2, anywhere, jira } = await open({ recorded: false })
  for (const path of ['/', '/nothing', `${v1}/nothing`, `${v2}/users`, `${jira}/nothing`, '/users/x/nothing', `${v2}/`])
    expect([path, (await call('GET', path)).status]).toEqual([path, 404])
  for (const [method, path] of [
    ['DELETE', v1],
    ['PUT', `${anywhere}/users/search`],
    ['POST', `${anywhere}/users/count`],
    ['GET', `${anywhere}/users/search`],
    ['PATCH', `${jira}/user`],
    ['GET', '/users/x/manage/lifecycle/disable'],
  ] as const)
    expect([path, (await call(method, path)).status]).toEqual([path, 405])
})

it('invalid limits and lists are refused', async () => {
  const { call, anywhere, v2, v1, jira } = await open({ recorded: false })
  for (const limit of [0, -1, 101, 1e300, 1.5, '50x', {}, [], true, ''])
    expect([limit, (await call('POST', `${anywhere}/users/search`, { limit })).status]).toEqual([limit, 400])
  for (const [path, body] of [
    [`${anywhere}/users/search`, { accountIds: Array.from({ length: 11 }, () => 'x') }],
    [`${anywhere}/users/search`, { accountIds: [] }],
    [`${anywhere}/users/search`, { status: ['asleep'] }],
    [`${anywhere}/users/search`, { expand: ['everything'] }],
    [`${anywhere}/users/search`, { searchTerm: 'mia', emails: ['mia@acme.example'] }],
    [`${anywhere}/users/search`, { sortBy: [{ field: 'email' }] }],
    [`${anywhere}/users/search`, { sortBy: 'name' }],
    [`${anywhere}/groups/search`, { groupNames: ['a'], searchTerm: 'a' }],
    [`${anywhere}/groups/search`, { limit: 1000 }],
    [`${v2}/workspaces`, { limit: 1001 }],
    [`${v2}/users/invite`, { emails: [] }],
    [`${v2}/users/invite`, { emails: ['no address'] }],
  ] as const)
    expect([path, (await call('POST', path, body)).status]).toEqual([path, 400])
  for (const path of [
    `${anywhere}/users?limit=0`,
    `${anywhere}/users?limit=99999999999999999999`,
    `${anywhere}/users/count?status=asleep`,
    `${v1}/events?from=yesterday`,
    `${v1}/domains/%20`,
    `${jira}/users/search?startAt=-1`,
    `${jira}/users/search?maxResults=many`,
  ])
    expect([path, (await call('GET', path)).status]).toEqual([path, 400])
})

it('wrong ids are not found, and malformed ones are refused', async () => {
  const { call, v1, v2, anywhere, group, organization } = await open({ recorded: false })
  const other = '11111111-2222-4333-a444-555555555555'
  for (const path of [
    `/admin/v1/orgs/${other}`,
    `${v2}/directories/${other}/users/count`,
    `${anywhere}/users/${nobody}`,
    `${anywhere}/groups/${other}`,
    `${v1}/directory/users/${nobody}/last-active-dates`,
    `${v1}/events/${other}`,
    `${v1}/domains/${other}`,
    `/ex/jira/${other}/rest/api/3/applicationrole`,
  ])
    expect([path, (await call('GET', path)).status]).toEqual([path, 404])
  expect((await call('GET', `${anywhere}/users/%E0%A4%A`)).status).toBe(400)
  const path = `${v2}/directories/${organization.directories[0]?.id ?? ''}/groups/${group('empty-group')}/memberships`
  expect((await call('POST', path, {})).status).toBe(400)
  expect((await call('POST', path, { accountId: nobody })).status).toBe(404)
})

it('an account id is found with a plain or an encoded colon', async () => {
  const { call, anywhere, person } = await open()
  const id = person(({ accountId }) => accountId.includes(':'))
  for (const written of [id, encodeURIComponent(id)])
    expect((await call('GET', `${anywhere}/users/${written}`)).body['data']?.['accountId']).toBe(id)
})

it('no request ends the process', async () => {
  const { url, call, v1, anywhere } = await open({ recorded: false })
  const port = Number(new URL(url).port)
  for (const raw of [
    'NONSENSE\r\n\r\n',
    'GET http://[::1 HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET //// HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    'POST /admin/v1/orgs HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"a"',
  ])
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(raw))
      socket.on('error', () => resolve()).on('close', () => resolve())
      socket.resume()
    })
  const long = JSON.stringify({ searchTerm: 'x'.repeat(2_000_000) })
  expect((await call('POST', `${anywhere}/users/search`, long)).status).toBe(413)
  expect((await call('POST', `${anywhere}/users/search`, '['.repeat(100_000))).status).toBe(400)
  expect((await call('GET', v1)).status).toBe(200)
})
