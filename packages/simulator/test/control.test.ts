import { expect, it } from 'vitest'
import { createClock } from '../src/world/clock.js'
import { list, open, text } from './open.js'

it('the clock is frozen, and can be set and advanced', async () => {
  const { control } = await open({ now: '2026-11-24T08:00:00Z' })
  const now = async (body?: unknown) => (await control('clock', body))['now']
  expect(await now()).toBe('2026-11-24T08:00:00.000Z')
  expect(await now({ advanceMs: 86_400_000 })).toBe('2026-11-25T08:00:00.000Z')
  expect(await now({ set: '2027-03-28T01:00:00+01:00' })).toBe('2027-03-28T00:00:00.000Z')
  expect((await control('organization'))['now']).toBe('2027-03-28T00:00:00.000Z')
})

it('a running clock never goes back', () => {
  const clock = createClock(1000)
  const times = Array.from({ length: 100 }, () => clock.now())
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(times[0]).toBeGreaterThanOrEqual(1000)
})

it('a control records activity now or at a given time, on all products or on one', async () => {
  const { control, person, ari, group } = await open({ now: '2026-11-24T08:00:00Z' })
  const id = person(({ groups }) => groups.has(group('jira-users-acme')) && groups.has(group('confluence-users-acme')))
  const use = async (body: unknown) =>
    Object.fromEntries(
      list((await control(`accounts/${encodeURIComponent(id)}/activity`, body))['lastActive']).map((one) => [
        text(one['workspace']),
        text(one['at']),
      ]),
    )
  const now = await use({})
  expect([now[ari(0)], now[ari(2)]]).toEqual(['2026-11-24T08:00:00.000Z', '2026-11-24T08:00:00.000Z'])
  const state = await use({ workspace: ari(0), at: '2026-01-01T00:00:00Z' })
  expect([state[ari(0)], state[ari(2)]]).toEqual(['2026-01-01T00:00:00.000Z', '2026-11-24T08:00:00.000Z'])
})

it('the history records a restore by hand as made by a person, not by the product', async () => {
  const { control, call, here, person, truth } = await open()
  const id = person(
    ({ orgRoles, memberships }) => orgRoles.size === 0 && [...memberships.values()][0]?.status === 'active',
  )
  await call('POST', `${here}/users/${id}/suspend`)
  await control(`accounts/${encodeURIComponent(id)}/restore`, {})
  const state = await truth(id)
  expect(list(state['history']).map((one) => `${text(one['change'])} by ${text(one['by'])}`)).toEqual([
    'suspend by api',
    'restore by person',
  ])
  expect([state['status'], state['effectiveChanges']]).toEqual(['active', 1])
  expect((await control('calls'))['writes']).toHaveLength(1)
})

it('counts calls by kind, and starts again when cleared', async () => {
  const { control, call, send, v1, person } = await open()
  for (const id of [person(() => true), person(({ managed }) => !managed)])
    await call('GET', `${v1}/directory/users/${id}/last-active-dates`)
  expect(await control('calls')).toMatchObject({
    total: 2,
    rateLimited: 0,
    byPath: { 'GET /admin/v1/orgs/{}/directory/users/{}/last-active-dates': 2 },
  })
  await send('DELETE', '/_simulator/calls')
  expect(await control('calls')).toEqual({ total: 0, rateLimited: 0, byPath: {}, writes: [] })
})

it('refuses invalid controls, which change nothing', async () => {
  const { send, person, organization } = await open()
  const account = `accounts/${encodeURIComponent(person(() => true))}`
  for (const [path, body] of [
    ['clock', { set: 'tomorrow' }],
    ['clock', { advanceMs: 'long' }],
    ['clock', '{"set":'],
    ['clock', '[1]'],
    ['rate-limit', { perWindow: -1, windowMs: 0 }],
    ['keys', { key: 'master' }],
    ['workspaces', { ari: 'ari:cloud:nothing' }],
    [`${account}/activity`, { at: 'never' }],
    [`${account}/activity`, { workspace: 'ari:cloud:nothing' }],
  ] as const)
    expect([path, (await send('POST', `/_simulator/${path}`, body)).status]).toEqual([path, 400])
  for (const path of ['dance', 'accounts/nobody', `${account}/dance`, 'accounts/%E0%A4%A', '__proto__', ''])
    expect([path, (await send('GET', `/_simulator/${path}`)).status]).toEqual([path, 404])
  expect(organization.accounts.every(({ history }) => history.length === 0)).toBe(true)
})
