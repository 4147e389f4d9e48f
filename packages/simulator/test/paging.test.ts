import { expect, it } from 'vitest'
import { codeOf, list, open, text } from './open.js'

it.each([1, 2, 7, 20, 50, 99, 100])('pages of %i list every user exactly once, in a stable order', async (limit) => {
  const { listUserIds, organization } = await open()
  expect(await listUserIds(limit)).toEqual(organization.accounts.map(({ accountId }) => accountId))
})

it.each([3, 100])('pages of %i of a filtered list contain exactly the matching users', async (limit) => {
  const { listUserIds, organization } = await open()
  const fit = organization.accounts.filter(({ managed }) => !managed).map(({ accountId }) => accountId)
  expect(fit.length).toBeGreaterThan(3)
  expect(await listUserIds(limit, { claimStatus: 'unmanaged' })).toEqual(fit)
})

it('sorting by nickname lists every user once, in both directions', async () => {
  const { listUserIds, organization } = await open()
  const sorted = (direction: string) => listUserIds(11, { sortBy: [{ field: 'nick_name', direction }] })
  const names = (ids: readonly string[]) => ids.map((id) => organization.byId.get(id)?.nickname ?? '')
  const [up, down] = [names(await sorted('asc')), names(await sorted('desc'))]
  expect(up).toEqual([...up].sort())
  expect(down).toEqual([...down].sort().reverse())
  expect(new Set(await sorted('asc')).size).toBe(organization.accounts.length)
})

it('a cursor contains its own parameters, and others are ignored', async () => {
  const { call, anywhere } = await open()
  const first = (await call('POST', `${anywhere}/users/search`, { limit: 5 })).body
  const cursor = text(first['links']?.['next'])
  const search = async (body: unknown) => (await call('POST', `${anywhere}/users/search`, body)).body['data']
  expect(await search({ cursor, limit: 50, status: ['suspended'] })).toEqual(await search({ cursor }))
})

it('a cursor of another list or directory and a corrupt one are refused', async () => {
  const { call, anywhere, here, v1 } = await open()
  const page = (await call('POST', `${anywhere}/users/search`, { limit: 5 })).body
  const cursor = text(page['links']?.['next'])
  const broken = Buffer.from('{"list":"users -","offset":-1,"asked":{}}').toString('base64url')
  for (const [path, sent] of [
    [`${anywhere}/groups/search`, cursor],
    [`${here}/users/search`, cursor],
    [`${anywhere}/users/search`, 'nonsense'],
    [`${anywhere}/users/search`, broken],
  ] as const) {
    const refused = await call('POST', path, { cursor: sent })
    expect([refused.status, codeOf(refused)]).toEqual([400, 'ADMIN-400-1'])
  }
  expect((await call('GET', `${v1}/users?cursor=${cursor}`)).status).toBe(400)
})

it('a cursor expires when cursors have a lifetime', async () => {
  const { call, anywhere, control } = await open({ behaviour: { cursorLifetimeMs: 60_000 } })
  const page = (await call('POST', `${anywhere}/users/search`, { limit: 5 })).body
  const next = async () => (await call('POST', `${anywhere}/users/search`, { cursor: page['links']?.['next'] })).status
  expect(await next()).toBe(200)
  await control('clock', { advanceMs: 60_001 })
  expect(await next()).toBe(400)
})

it('the deprecated list contains the same users, twenty per page', async () => {
  const { call, anywhere, organization } = await open()
  const ids: string[] = []
  for (let path = `${anywhere}/users`; ;) {
    const page = (await call('GET', path)).body
    expect(list(page['data']).length).toBeLessThanOrEqual(20)
    ids.push(...list(page['data']).map((row) => text(row['accountId'])))
    const next = page['links']?.['next']
    if (next === undefined) break
    path = `${anywhere}/users?cursor=${text(next)}`
  }
  expect(ids).toEqual(organization.accounts.map(({ accountId }) => accountId))
})

it('the managed accounts of v1 come a hundred per page, with full links', async () => {
  const { call, v1, url, organization } = await open({ users: 250 })
  const ids: string[] = []
  for (let path = `${v1}/users`; ;) {
    const page = (await call('GET', path)).body
    ids.push(...list(page['data']).map((row) => text(row['account_id'])))
    expect(page['meta']).toEqual({ total: organization.accounts.filter(({ managed }) => managed).length })
    const next = page['links']?.['next']
    if (next === undefined) break
    expect(text(next).startsWith(url)).toBe(true)
    path = text(next).slice(url.length)
  }
  expect(ids).toEqual(organization.accounts.flatMap(({ managed, accountId }) => (managed ? [accountId] : [])))
})

it('the last activity of a single user equals that in the search', async () => {
  const { call, v1, anywhere } = await open({ users: 30 })
  const rows = list((await call('POST', `${anywhere}/users/search`, { expand: ['productAccess'] })).body['data'])
  expect(rows).toHaveLength(30)
  for (const row of rows) {
    const path = `${v1}/directory/users/${text(row['accountId'])}/last-active-dates`
    const one = (await call('GET', path)).body['data']
    const found = list(row['productAccess']).map((used) => [used['id'], text(used['lastActiveTimestamp']).slice(0, 19)])
    const days = list(one?.['product_access']).map((used) => [
      used['id'],
      text(used['last_active_timestamp']).slice(0, 19),
    ])
    expect(days).toEqual(found)
    expect(one?.['added_to_org_timestamp']).toEqual(row['addedToOrg'])
  }
})

it('workspaces accept a cursor only alone', async () => {
  const { call, v2 } = await open()
  const first = (await call('POST', `${v2}/workspaces`, { limit: 3 })).body
  const cursor = first['links']?.['next']
  const second = (await call('POST', `${v2}/workspaces`, { cursor })).body
  expect([first['meta']?.['total'], list(first['data']).length, list(second['data']).length]).toEqual([5, 3, 2])
  expect(second['links']?.['next']).toBeNull()
  expect((await call('POST', `${v2}/workspaces`, { cursor, limit: 3 })).status).toBe(400)
})

it('workspaces can be searched by type, by name and by exclusion', async () => {
  const { call, v2 } = await open()
  const found = async (query: unknown) => {
    const { body } = await call('POST', `${v2}/workspaces`, { query })
    return list(body['data']).length
  }
  expect(await found({ and: [{ field: { name: 'attributes.typeKey', values: ['confluence'] } }] })).toBe(1)
  expect(await found({ searchWorkspaces: 'eu' })).toBe(1)
  expect(await found({ nor: [{ field: { name: 'attributes.typeKey', values: ['confluence'] } }] })).toBe(4)
  expect(await found({ and: [{}], nor: [{}] })).toBe(5)
})
