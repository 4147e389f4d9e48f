import { expect, it } from 'vitest'
import { createRateLimiter } from '../src/http/rate-limit.js'
import { open } from './open.js'

const minute = 60_000

it('each response says how many calls are left, and the next call after the last gets a 429', async () => {
  const { call, control, v1 } = await open()
  await control('rate-limit', { perWindow: 3, windowMs: 10 * minute, retryAfter: true })
  const received: (string | null)[][] = []
  for (let index = 0; index < 4; index += 1) {
    const { status, headers } = await call('GET', v1)
    received.push([String(status), headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')])
  }
  expect(received).toEqual([
    ['200', '3', '2'],
    ['200', '3', '1'],
    ['200', '3', '0'],
    ['429', '3', '0'],
  ])
})

it("a refusal has the gateway's body, the reset, and Retry-After only when configured", async () => {
  const { call, control, v1 } = await open()
  for (const retryAfter of [true, false, 'soon']) {
    await control('rate-limit', { perWindow: 0, windowMs: 10 * minute, retryAfter })
    const { status, headers, body } = await call('GET', v1)
    expect([status, body]).toEqual([429, { code: 429, message: 'Too many requests' }])
    const seconds = (Date.parse(headers.get('x-ratelimit-reset') ?? '') - Date.now()) / 1000
    expect(seconds).toBeGreaterThan(500)
    const wait = headers.get('retry-after')
    if (retryAfter === true) expect(Number(wait)).toBeGreaterThan(500)
    else expect(wait).toBe(retryAfter === false ? null : 'soon')
  }
  const { rateLimited } = (await control('calls')) as unknown as { rateLimited: number }
  expect(rateLimited).toBe(3)
})

it('a window ends at its reset, and not before', () => {
  let now = 0
  const limiter = createRateLimiter(() => now)
  limiter.set([{ perWindow: 1, windowMs: minute, retryAfter: true }])
  expect(limiter.take('/a').headers['x-ratelimit-reset']).toBe('1970-01-01T00:01:00.000Z')
  now = minute - 1
  expect(limiter.take('/a').refused?.headers?.['retry-after']).toBe('1')
  now = minute
  expect(limiter.take('/a').headers['x-ratelimit-remaining']).toBe('0')
  expect(limiter.take('/a').refused?.status).toBe(429)
})

it('the published limits apply only to the per-person dates', async () => {
  const { call, control, v1, organization, anywhere } = await open({ users: 5 })
  await control('rate-limit', { published: true })
  const dates = `${v1}/directory/users/${organization.accounts[0]?.accountId ?? ''}/last-active-dates`
  const statuses: number[] = []
  for (let index = 0; index < 201; index += 1) statuses.push((await call('GET', dates)).status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(200)
  expect(statuses.at(-1)).toBe(429)
  expect((await call('GET', `${anywhere}/users/count`)).headers.get('x-ratelimit-limit')).toBeNull()
})

it('a limit of Jira names its reason, and warns when few calls are left', () => {
  const limiter = createRateLimiter(() => 0)
  limiter.set([{ path: '/ex/jira/', perWindow: 10, windowMs: 1000, retryAfter: true, reason: 'jira-burst-based' }])
  const taken = Array.from({ length: 11 }, () => limiter.take('/ex/jira/x'))
  expect(taken.map(({ headers }) => headers['x-ratelimit-nearlimit'] ?? '').join()).toBe(',,,,,,,,true,true,true')
  expect(taken[10]?.refused?.headers).toMatchObject({ 'ratelimit-reason': 'jira-burst-based', 'retry-after': '1' })
  expect(limiter.take('/admin/').headers).toEqual({})
})
