// Impossible dates: a day that the calendar lacks is never read as another one.

import { describe, expect, it } from 'vitest'
import { parseInstant, readPolicy } from '../src/index.js'
import { judge } from '../src/policy/judge.js'
import type { ConditionNode } from '../src/model/policy.js'
import { account, policy, testNow } from '../src/testing/index.js'
import { by, inactiveUsers, worldOf } from './flow.js'

const impossible = [
  '2026-02-29',
  '2026-02-31',
  '2026-04-31',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '1900-02-29',
  '2026-02-30T12:00:00Z',
  '2026-11-31T12:00:00+01:00',
  '2026-02-03T24:00:00Z',
  '2026-02-03T24:00Z',
  '2026-02-03T12:60Z',
  '2026-02-03T12:00:60Z',
  '2026-02-03T12:00:00+24:00',
]

describe.each(impossible)('%s', (text) => {
  it('is no instant', () => expect(parseInstant(text)).toBeUndefined())

  it.each(['added-before', 'last-active-before'])('is refused in the condition %s', (condition) => {
    expect(readPolicy({ ...policy(), conditions: { [condition]: text } })).toMatchObject({
      problems: [{ message: expect.stringContaining('must be a date such as') }],
    })
  })

  it('is refused as the anchor of a schedule, as a holiday and as the expiry of a key', async () => {
    const { app } = worldOf(inactiveUsers(1))
    const schedule = { every: '1 day', from: text, timeZone: 'UTC' }
    expect(readPolicy({ ...policy(), schedule })).toHaveProperty('problems')
    await expect(app.setNonWorkingDays({ weekdays: [], holidays: [text] }, by)).rejects.toThrow('date')
    await expect(app.setKeyExpiry({ read: text }, by)).rejects.toThrow('date')
  })
})

it.each(['2026-02-31T07:00', '2026-02-29', '2026-12-01T24:00', '2026-12-01T07:60', '2026-13-01T07:00'])(
  'a schedule that fires once on %s is refused',
  (once) => expect(readPolicy({ ...policy(), schedule: { once, timeZone: 'UTC' } })).toHaveProperty('problems'),
)

it.each([
  ['2024-02-29', Date.UTC(2024, 1, 29)],
  ['2000-02-29T23:59:59.123456Z', Date.UTC(2000, 1, 29, 23, 59, 59, 123)],
  ['2026-02-28T12:00+05:30', Date.UTC(2026, 1, 28, 6, 30)],
  ['0099-12-31', Date.parse('0099-12-31')],
])('%s exists', (text, at) => expect(parseInstant(text)).toBe(at))

describe('a stored condition whose value cannot be read', () => {
  const leaves: readonly Record<string, unknown>[] = [
    { condition: 'added-before', value: '2026-02-31' },
    { condition: 'last-active-before', value: '2026-02-31' },
    { condition: 'inactive-for', value: '3 months' },
    { condition: 'never-active', value: { age: 'long' } },
  ]
  const never = account({
    addedAt: Date.UTC(2020, 0, 1),
    products: account().products.map((one) => ({
      ...one,
      lastActive: { kind: 'never' as const, since: Date.UTC(2020, 0, 1) },
    })),
  })

  it.each(leaves)('$condition leaves every account undetermined, also under not', (leaf) => {
    const context = { now: testNow, scope: undefined }
    for (const node of [leaf, { not: leaf }, { not: { not: leaf } }])
      expect(judge(node as unknown as ConditionNode, never, context)).toMatchObject({
        kind: 'undetermined',
        because: { code: 'condition-unreadable' },
      })
  })
})
