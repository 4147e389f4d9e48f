import { expect, it } from 'vitest'
import { faultKinds } from '../src/http/faults.js'
import { list, open, text } from './open.js'

const search = 'users/search'

it('a fault skips calls, strikes a number of times, only where it matches, and counts its hits', async () => {
  const { control, call, anywhere, v1 } = await open()
  await control('faults', { kind: 'status', status: 502, match: { path: search }, skip: 1, times: 2 })
  const statuses: number[] = []
  for (let index = 0; index < 5; index += 1) {
    statuses.push((await call('POST', `${anywhere}/${search}`, {})).status)
    expect((await call('GET', v1)).status).toBe(200)
  }
  expect(statuses).toEqual([200, 502, 502, 200, 200])
  expect(list((await control('faults'))['faults'])[0]?.['hits']).toEqual(2)
})

it('status and rate limit faults carry the requested headers', async () => {
  const { control, call, v1 } = await open()
  await control('faults', { kind: 'status', status: 503, headers: { 'retry-after': '7' } })
  await control('faults', { kind: 'rate-limit', headers: { 'retry-after': 'never' } })
  const [first, second, third] = [await call('GET', v1), await call('GET', v1), await call('GET', v1)]
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '7'])
  expect([second.status, second.headers.get('retry-after'), second.body['code']]).toEqual([429, 'never', 429])
  expect(third.status).toBe(200)
})

it('an HTML page comes with status 200', async () => {
  const { control, url, v1, keys } = await open()
  await control('faults', { kind: 'html' })
  const response = await fetch(`${url}${v1}`, { headers: { authorization: `Bearer ${keys.unscoped}` } })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html'])
  expect(await response.text()).toContain('<!doctype html>')
})

it.each(['cut', 'reset', 'timeout-after-effect'])('%s breaks the connection', async (kind) => {
  const { control, call, v1 } = await open()
  await control('faults', { kind })
  await expect(call('GET', v1)).rejects.toThrow()
  expect((await call('GET', v1)).status).toBe(200)
})

it('a time-out after the effect makes the change, and a reset does not', async () => {
  const { control, call, here, person, truth } = await open()
  const ids = [person(({ orgRoles }) => orgRoles.size === 0)]
  ids.push(person(({ orgRoles, accountId }) => orgRoles.size === 0 && accountId !== ids[0]))
  const histories: unknown[] = []
  for (const [index, kind] of ['timeout-after-effect', 'reset'].entries()) {
    await control('faults', { kind, match: { method: 'POST', path: '/suspend' } })
    await expect(call('POST', `${here}/users/${ids[index] ?? ''}/suspend`)).rejects.toThrow()
    histories.push((await truth(ids[index] ?? ''))['effectiveChanges'])
  }
  expect(histories).toEqual([1, 0])
})

it('a delay postpones the response and leaves it complete', async () => {
  const { control, call, v1, organization } = await open()
  await control('faults', { kind: 'delay', delayMs: 1 })
  expect((await call('GET', v1)).body['data']?.['id']).toEqual(organization.id)
})

it('faults insert null fields and unknown enum values where a client reads them', async () => {
  const { control, call, anywhere } = await open()
  const rows = async () =>
    list((await call('POST', `${anywhere}/${search}`, { expand: ['productAccess'] })).body['data'])
  await control('faults', { kind: 'null-fields' })
  const nulls = await rows()
  expect(new Set(nulls.map((row) => row['addedToOrg']))).toEqual(new Set([null]))
  await control('faults', { kind: 'unknown-enum' })
  expect(new Set((await rows()).map((row) => row['accountStatus']))).toEqual(new Set(['quantum']))
  expect((await rows()).some((row) => text(row['accountStatus']) === 'quantum')).toBe(false)
})

it('a repeated cursor returns the previous page again', async () => {
  const { control, call, anywhere } = await open()
  const first = (await call('POST', `${anywhere}/${search}`, { limit: 5 })).body
  await control('faults', { kind: 'repeat-cursor', match: { path: search } })
  const cursor = first['links']?.['next']
  expect((await call('POST', `${anywhere}/${search}`, { cursor })).body).toEqual(first)
})

it.each([0, 1, 3])('after %i pages a page is silently missing, so that list and count disagree', async (skip) => {
  const { control, listUserIds, count, organization } = await open({ users: 95 })
  await control('faults', { kind: 'drop-page', match: { path: search }, skip })
  const ids = await listUserIds(20)
  const all = organization.accounts.map(({ accountId }) => accountId)
  expect(ids).toEqual(all.filter((_, index) => index < skip * 20 || index >= (skip + 1) * 20))
  expect(await count()).toBe(95)
})

it('a dropped last page becomes an empty one', async () => {
  const { control, listUserIds } = await open({ users: 95 })
  await control('faults', { kind: 'drop-page', match: { path: search }, skip: 4 })
  expect(await listUserIds(20)).toHaveLength(80)
})

it('a short page has fewer users than requested, and paging still lists every user', async () => {
  const { control, listUserIds, call, anywhere, organization } = await open({ users: 95 })
  await control('faults', { kind: 'short-page', match: { path: search } })
  expect((await call('POST', `${anywhere}/${search}`, { limit: 20 })).body['data']).toHaveLength(10)
  await control('faults', { kind: 'short-page', match: { path: search }, skip: 1, times: 2 })
  expect(await listUserIds(20)).toEqual(organization.accounts.map(({ accountId }) => accountId))
})

it('clears all faults at once, and refuses an invalid one', async () => {
  const { control, send, call, v1 } = await open()
  await control('faults', { kind: 'status', times: -1 })
  expect((await call('GET', v1)).status).toBe(503)
  await send('DELETE', '/_simulator/faults')
  expect((await call('GET', v1)).status).toBe(200)
  for (const wrong of [{ kind: 'dance' }, { times: 'often' }, { status: 12 }])
    expect((await send('POST', '/_simulator/faults', wrong)).status).toBe(400)
  expect(faultKinds).toHaveLength(12)
})
