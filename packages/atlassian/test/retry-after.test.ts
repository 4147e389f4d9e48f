// Waits after a 429: as long as Atlassian says, within plausible bounds.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createGate, longestWait, retryAfter, shortestWait, waitAfter429, type ResponseHead } from '../src/gate.js'
import { manualClock, noon } from './scripted.js'

const response = (headers: Readonly<Record<string, string | undefined>>): ResponseHead => ({
  status: 429,
  header: (name) => headers[name],
})
const minutes = 60_000

it.each([
  ['0', 1000],
  ['1', 1000],
  ['2.5', 2500],
  ['30', 30_000],
  ['900', 15 * minutes],
  ['901', 15 * minutes],
  ['1000000000', 15 * minutes],
  ['-7', 1000],
  ['Tue, 24 Nov 2026 12:00:20 GMT', 20_000],
  ['Tue, 24 Nov 2026 11:00:00 GMT', 1000],
  ['Wed, 25 Nov 2026 12:00:00 GMT', 15 * minutes],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 1000],
  ['2026-11-24T12:00:20Z', 20_000],
])('Retry-After: %s waits %i milliseconds', (given, expected) => {
  expect(waitAfter429(response({ 'retry-after': given }), 1, noon)).toBe(expected)
})

it.each(['', 'soon', 'Infinity', '1e3', 'Foo, 99 Bar 2026'])('Retry-After: "%s" is ignored', (given) => {
  expect(retryAfter(response({ 'retry-after': given }), noon)).toBeUndefined()
})

it.each([
  ['2026-11-24T12:00:20Z', 20_000],
  ['2026-11-24T12:00:20.500Z', 20_500],
  ['2026-11-24T12:01Z', 60_000],
  [String(noon / 1000 + 20), 20_000],
  ['2026-11-24T11:00:00Z', 1000],
  ['2036-11-24T11:00:00Z', 15 * minutes],
  ['nonsense', 2000],
])('without Retry-After, X-RateLimit-Reset: %s waits %i milliseconds', (reset, expected) => {
  expect(waitAfter429(response({ 'x-ratelimit-reset': reset }), 1, noon)).toBe(expected)
})

it('Retry-After takes precedence over the reset', () => {
  const both = response({ 'retry-after': '5', 'x-ratelimit-reset': '2026-11-24T12:00:50Z' })
  expect(waitAfter429(both, 1, noon)).toBe(5000)
})

it('each further 429 makes the wait longer than Atlassian says', () => {
  const zero = response({ 'retry-after': '0' })
  expect([1, 2, 3, 4].map((refusals) => waitAfter429(zero, refusals, noon))).toEqual([1000, 4000, 8000, 16_000])
})

it('no header value makes a wait outside 1 second to 15 minutes', () => {
  const number = fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger()).map(String)
  const anything = fc.option(fc.oneof(fc.string(), number, fc.date().map(String)), { nil: undefined })
  fc.assert(
    fc.property(anything, anything, fc.nat(2000), (after, reset, refusals) => {
      const wait = waitAfter429(response({ 'retry-after': after, 'x-ratelimit-reset': reset }), refusals, noon)
      expect(wait).toBeGreaterThanOrEqual(shortestWait)
      expect(wait).toBeLessThanOrEqual(longestWait)
    }),
  )
})

it("a date counts on Atlassian's clock, not on the local one", async () => {
  const clock = manualClock()
  clock.step(-3 * 3_600_000)
  const gate = createGate(clock)
  const date = new Date(noon).toUTCString()
  await gate.pass(async () => response({ date, 'retry-after': new Date(noon + 20_000).toUTCString() }))
  await gate.pass(async () => ({ status: 200, header: () => undefined }))
  expect(clock.waits).toEqual([20_000])
})

it('the gate reports the length of a long throttle before it waits, and does not report short waits', async () => {
  const clock = manualClock()
  const reported: number[] = []
  const gate = createGate(clock, async (length) => void reported.push(length))
  const fine: ResponseHead = { status: 200, header: () => undefined }
  await gate.pass(async () => response({ 'retry-after': '20' }))
  await gate.pass(async () => fine)
  await gate.pass(async () => response({ 'retry-after': '1' }))
  await gate.pass(async () => fine)
  expect(reported).toEqual([20_000])
})
