// Retries: the client repeats reads a few times, and changes only after a 429.

import { describe, expect, it } from 'vitest'
import { brandId, type Change } from '@rollcall/core'
import { broken, connect, tooMany, yes, type Reply } from './scripted.js'
import { directoryId } from './rows.js'

const count: Reply = { body: { count: 3 } }
const suspend: Change = { kind: 'suspend', accountId: brandId('557058:a'), directoryId: brandId(directoryId) }
const outages: readonly (readonly [string, Reply])[] = [
  ['500', { status: 500, body: { errors: [{ code: 'ADMIN-500-1', title: 'Internal' }] } }],
  ['502 with an HTML page', { status: 502, body: '<html>Bad gateway</html>' }],
  ['503', { status: 503 }],
  ['504', { status: 504 }],
  ['408', { status: 408 }],
  ['522', { status: 522, body: '<html>Connection timed out</html>' }],
  ['a reset connection', { failure: broken('ECONNRESET') }],
  ['a refused connection', { failure: broken('ECONNREFUSED') }],
  ['a body cut short', { cut: true }],
  [
    'a time-out',
    { failure: Object.assign(new Error('The operation was aborted'), { name: 'TimeoutError', code: 23 }) },
  ],
]

describe('a read', () => {
  it.each(outages)('is repeated after %s', async (_, outage) => {
    const { directory, sent, clock } = connect([outage, outage, count])
    expect(await directory.countAccounts()).toBe(3)
    expect(sent).toHaveLength(3)
    expect(clock.waits).toHaveLength(2)
  })

  it.each(outages)('fails as unavailable after five times %s', async (_, outage) => {
    const { directory, sent, clock } = connect(() => outage)
    await expect(directory.countAccounts()).rejects.toMatchObject({ code: 'unavailable', effect: 'none' })
    expect(sent).toHaveLength(5)
    expect(clock.waits.every((wait, index) => wait >= 2 ** (index + 1) * 700 && wait <= 2 ** (index + 1) * 1300)).toBe(
      true,
    )
  })

  it('waits as long as a 503 says', async () => {
    const { directory, clock } = connect([{ status: 503, headers: { 'Retry-After': '120' } }, count])
    await directory.countAccounts()
    expect(clock.waits).toEqual([120_000])
  })

  it.each([400, 401, 403, 404, 409])('is not repeated after %i', async (status) => {
    const { directory, sent } = connect([{ status }, count])
    await expect(directory.countAccounts()).rejects.toThrow()
    expect(sent).toHaveLength(1)
  })

  it('waits out a storm of 429 and loses nothing', async () => {
    const { directory, sent, clock } = connect((_, index) => (index < 20 ? tooMany({ 'Retry-After': '30' }) : count))
    expect(await directory.countAccounts()).toBe(3)
    expect(sent).toHaveLength(21)
    expect(clock.now()).toBeGreaterThan(600_000)
  })

  it('gives up on a storm of 429 after half an hour, and says how long to wait', async () => {
    const { directory, clock, sent } = connect(() => tooMany({ 'Retry-After': '600' }))
    await expect(directory.countAccounts()).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 600_000,
      message: 'Atlassian limited the rate for 30 minutes. Try again later.',
    })
    expect(clock.waits).toEqual([600_000, 600_000, 600_000])
    expect(sent).toHaveLength(4)
  })

  it('counts every attempt', async () => {
    const { directory } = connect([tooMany(), { status: 503 }, count])
    await directory.countAccounts()
    expect(directory.requests()).toBe(3)
  })
})

describe('a change', () => {
  it.each(outages)('is not repeated after %s', async (_, outage) => {
    const { directory, sent } = connect([outage, { status: 204 }])
    await expect(directory.apply(suspend, yes)).rejects.toMatchObject({ code: 'unavailable' })
    expect(sent).toHaveLength(1)
  })

  it.each([
    ['maybe', { failure: broken('ECONNRESET') }],
    ['maybe', { failure: broken('UND_ERR_SOCKET') }],
    ['maybe', { failure: broken('UND_ERR_HEADERS_TIMEOUT') }],
    ['maybe', { failure: new Error('unknown cause') }],
    ['maybe', { failure: 'not even an error' }],
    ['maybe', { cut: true }],
    ['maybe', { status: 500 }],
    ['maybe', { status: 502, body: '<html>' }],
    ['maybe', { status: 504 }],
    ['none', { failure: broken('ECONNREFUSED') }],
    ['none', { failure: broken('ENOTFOUND') }],
    ['none', { failure: broken('UND_ERR_CONNECT_TIMEOUT') }],
    ['none', { failure: broken('CERT_HAS_EXPIRED') }],
    ['none', { status: 400 }],
    ['none', { status: 401 }],
    ['none', { status: 403 }],
    ['none', { status: 404 }],
    ['none', { status: 409 }],
    ['none', { status: 302 }],
  ] as const)('has the possible effect %s after %j', async (effect, reply) => {
    const { directory } = connect([reply])
    await expect(directory.apply(suspend, yes)).rejects.toMatchObject({ name: 'DirectoryError', effect })
  })

  it.each([
    ...[408, 502, 503, 504, 520, 521, 522, 523, 524, 530].map((status): Reply => ({ status })),
    { status: 503, body: 'upstream connect error or disconnect/reset before headers. reset reason: overflow' },
    { status: 503, body: { code: 503, message: 'Service unavailable' }, headers: { 'Retry-After': '7' } },
    { status: 503, body: { errors: [{ code: 'ADMIN-503-1', title: 'Unavailable' }] } },
    { status: 500, body: '<html>Internal Server Error</html>' },
    { status: 500 },
  ])('does not count as answered when a gateway responds in place of Atlassian: %j', async (reply) => {
    const { directory } = connect([reply])
    await expect(directory.apply(suspend, yes)).rejects.toMatchObject({ responded: false, effect: 'maybe' })
  })

  it.each([
    { status: 500, body: { errors: [{ code: 'ADMIN-500-1', title: 'Internal' }] } },
    { status: 500, body: { code: 500, message: 'Internal' } },
  ])('counts as answered when Atlassian itself reports an error: %j', async (reply) => {
    const { directory } = connect([reply])
    await expect(directory.apply(suspend, yes)).rejects.toMatchObject({ responded: true, effect: 'maybe' })
  })

  it('is repeated after a 429, which had no effect', async () => {
    const { directory, sent, clock } = connect([tooMany({ 'Retry-After': '7' }), tooMany(), { status: 204 }])
    expect(await directory.apply(suspend, yes)).toBe('accepted')
    expect(sent).toHaveLength(3)
    expect(clock.waits[0]).toBe(7000)
  })

  it('had no effect when the client gives up in a storm of 429', async () => {
    const { directory } = connect(() => tooMany({ 'Retry-After': '900' }))
    await expect(directory.apply(suspend, yes)).rejects.toMatchObject({ code: 'rate-limited', effect: 'none' })
  })
})

describe('the permit for a change', () => {
  it('is requested before every attempt, after the wait, and never for a read', async () => {
    const times: number[] = []
    const { directory, clock } = connect([
      { ...count, headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '2026-11-24T12:00:10Z' } },
      tooMany({ 'Retry-After': '20' }),
      { status: 204 },
    ])
    const begun = clock.now()
    await directory.countAccounts()
    await directory.apply(suspend, async () => times.push(clock.now() - begun) > 0)
    expect(times).toEqual([10_000, 30_000])
  })

  it('can withhold the change, and then the client sends nothing', async () => {
    const { directory, sent } = connect([])
    expect(await directory.apply(suspend, async () => false)).toBe('withheld')
    expect(sent).toEqual([])
    expect(directory.requests()).toBe(0)
  })

  it('can withhold a change that a 429 has delayed for too long', async () => {
    const { directory, sent, clock } = connect([tooMany({ 'Retry-After': '90' }), { status: 204 }])
    const begun = clock.now()
    expect(await directory.apply(suspend, async () => clock.now() - begun <= 60_000)).toBe('withheld')
    expect(sent).toHaveLength(1)
  })

  it('passes on its own failure, which does not delay the next change', async () => {
    const { directory } = connect([{ status: 204 }])
    const unreadable = () => Promise.reject(new Error('the store is gone'))
    await expect(directory.apply(suspend, unreadable)).rejects.toThrow('the store is gone')
    expect(await directory.apply(suspend, yes)).toBe('accepted')
  })
})
