// Schedules fire at the right times, across months, leap days and both changes of the clock.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeSchedule,
  formatInstant,
  nextOccurrence,
  parseInstant,
  previousOccurrence,
  type Schedule,
  scheduleSchema,
} from '../src/index.js'

const read = (schedule: unknown): Schedule => scheduleSchema.parse(schedule)
const instant = (text: string): number => parseInstant(text) ?? Number.NaN

/** The next occurrences after an instant, in UTC, to the minute. */
function occurrencesAfter(schedule: unknown, after: string, count = 3): readonly string[] {
  const found: string[] = []
  let at: number | undefined = instant(after)
  while (found.length < count && (at = nextOccurrence(read(schedule), at)) !== undefined)
    found.push(formatInstant(at).slice(0, 16))
  return found
}

const berlin = { timeZone: 'Europe/Berlin' }
const newYork = { timeZone: 'America/New_York' }

describe('a schedule fires', () => {
  it.each([
    ['once', { once: '2026-12-01T07:00', ...berlin }, '2026-11-24T08:00:00Z', ['2026-12-01T06:00']],
    ['once, and not again', { once: '2026-12-01T07:00', ...berlin }, '2026-12-01T06:00:00Z', []],
    [
      'every six hours',
      { every: '6 hours', at: '00:00', timeZone: 'UTC' },
      '2026-11-24T08:00:00Z',
      ['2026-11-24T12:00', '2026-11-24T18:00', '2026-11-25T00:00'],
    ],
    [
      'every day at seven by default',
      { every: '1 day', ...berlin },
      '2026-11-24T08:00:00Z',
      ['2026-11-25T06:00', '2026-11-26T06:00', '2026-11-27T06:00'],
    ],
    [
      'every other day, counted from the given date',
      { every: '2 days', from: '2026-11-23', ...berlin },
      '2026-11-24T08:00:00Z',
      ['2026-11-25T06:00', '2026-11-27T06:00', '2026-11-29T06:00'],
    ],
    [
      'every Monday',
      { every: '1 week', on: 'monday', at: '07:00', ...berlin },
      '2026-11-24T08:00:00Z',
      ['2026-11-30T06:00', '2026-12-07T06:00', '2026-12-14T06:00'],
    ],
    [
      'every other Friday',
      { every: '2 weeks', on: 'friday', from: '2026-11-24', ...newYork },
      '2026-11-24T08:00:00Z',
      ['2026-11-27T12:00', '2026-12-11T12:00', '2026-12-25T12:00'],
    ],
    [
      'on day 31, or on the last day of a shorter month',
      { every: '1 month', on: 31, ...berlin },
      '2027-01-15T00:00:00Z',
      ['2027-01-31T06:00', '2027-02-28T06:00', '2027-03-31T05:00', '2027-04-30T05:00'],
    ],
    [
      'on the leap day',
      { every: '1 month', on: 30, ...berlin },
      '2028-02-01T00:00:00Z',
      ['2028-02-29T06:00', '2028-03-30T05:00'],
    ],
    [
      'every quarter',
      { every: '3 months', on: 1, from: '2026-01-01', ...berlin },
      '2026-11-24T08:00:00Z',
      ['2027-01-01T06:00', '2027-04-01T05:00'],
    ],
    ['by cron', { cron: '0 7 * * 1', ...berlin }, '2026-11-24T08:00:00Z', ['2026-11-30T06:00', '2026-12-07T06:00']],
    [
      'far east of Greenwich',
      { every: '1 day', at: '00:30', timeZone: 'Pacific/Kiritimati' },
      '2026-11-24T08:00:00Z',
      ['2026-11-24T10:30', '2026-11-25T10:30'],
    ],
  ])('%s', (_name, schedule, after, expected) => {
    expect(occurrencesAfter(schedule, after, Math.max(1, expected.length))).toEqual(expected)
  })

  it('never before its start date', () => {
    const monthly = read({ every: '1 month', on: 1, from: '2026-11-20', ...berlin })
    expect(occurrencesAfter(monthly, '2026-01-01T00:00:00Z', 1)).toEqual(['2026-12-01T06:00'])
    expect(previousOccurrence(monthly, instant('2026-11-25T00:00:00Z'))).toBeUndefined()
  })
})

describe('a cron expression', () => {
  it.each([
    ['accepts names, in any case', '0 7 * dec,JAN mon-FRI', ['2026-12-01T07:00', '2026-12-02T07:00']],
    ['ends the week on Sunday', '0 7 * * 6-7', ['2026-11-28T07:00', '2026-11-29T07:00', '2026-12-05T07:00']],
    ['steps over a range', '0 8-18/5 * * *', ['2026-11-24T13:00', '2026-11-24T18:00', '2026-11-25T08:00']],
    [
      'needs only one of two days to match',
      '0 7 1 * MON',
      ['2026-11-30T07:00', '2026-12-01T07:00', '2026-12-07T07:00'],
    ],
    ['accepts a step as a day of the month', '0 7 */20 * 6', ['2026-11-28T07:00', '2026-12-01T07:00']],
    ['needs both days to match after a plus sign', '0 7 1-7 * +MON', ['2026-12-07T07:00', '2027-01-04T07:00']],
    ['supports the last day of a month', '0 7 L * *', ['2026-11-30T07:00', '2026-12-31T07:00']],
    ['supports the nearest working day', '0 7 5W * *', ['2026-12-04T07:00', '2027-01-05T07:00']],
    ['supports the second and the last of a weekday', '0 7 * * MON#2,FRI#L', ['2026-11-27T07:00', '2026-12-14T07:00']],
  ])('%s', (_name, cron, expected) => {
    expect(occurrencesAfter({ cron, timeZone: 'UTC' }, '2026-11-24T08:00:00Z', expected.length)).toEqual(expected)
    expect(previousOccurrence(read({ cron, timeZone: 'UTC' }), instant(`${expected[1]}:00Z`) - 1)).toBe(
      instant(`${expected[0]}:00Z`),
    )
  })

  it.each(['0 7 * * * *', '@daily', '5/15 7 * * *', '0 7 31 jun *', '60 7 * * *', '0 7 * * 8', '0 7 * * mon-', 'x'])(
    'is refused: %s',
    (cron) => {
      expect(scheduleSchema.safeParse({ cron, timeZone: 'UTC' }).success).toBe(false)
    },
  )

  it.each([
    [
      'a list fires once in a repeated hour',
      '30 2,14 * * *',
      '2026-10-24T13:00',
      ['2026-10-25T00:30', '2026-10-25T13:30'],
    ],
    [
      'a range fires once in a repeated hour',
      '0 1-3 * * *',
      '2026-10-24T20:00',
      ['2026-10-24T23:00', '2026-10-25T00:00', '2026-10-25T02:00'],
    ],
    [
      'a list inside a skipped hour fires at the end of it',
      '15,45 2 * * *',
      '2026-03-28T12:00',
      ['2026-03-29T01:00', '2026-03-30T00:15'],
    ],
    [
      'a wildcard fires in both repeated hours',
      '0 * * * *',
      '2026-10-24T23:30',
      ['2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00'],
    ],
    [
      'a wildcard does not fire in a skipped hour',
      '30 */2 * * *',
      '2026-03-28T23:00',
      ['2026-03-28T23:30', '2026-03-29T02:30'],
    ],
  ])('when the clock of Berlin changes: %s', (_name, cron, after, expected) => {
    expect(occurrencesAfter({ cron, ...berlin }, `${after}:00Z`, expected.length)).toEqual(expected)
  })

  it('loses no occurrence when the skipped hour crosses midnight', () => {
    const late = { cron: '30 23 * * 6', timeZone: 'America/Nuuk' }
    expect(occurrencesAfter(late, '2026-03-22T12:00:00Z', 2)).toEqual(['2026-03-29T01:00', '2026-04-05T00:30'])
  })

  it('works for an instant between two milliseconds', () => {
    const daily = read({ cron: '0 7 * * *', timeZone: 'UTC' })
    const seven = instant('2026-11-24T07:00:00Z')
    expect([nextOccurrence(daily, seven - 0.5), previousOccurrence(daily, seven + 0.5)]).toEqual([seven, seven])
  })
})

describe('when the clock goes forward', () => {
  it.each([
    [
      'Berlin',
      { every: '1 day', at: '02:30', ...berlin },
      '2026-03-28T02:00:00Z',
      ['2026-03-29T01:30', '2026-03-30T00:30'],
    ],
    [
      'Berlin, by cron',
      { cron: '30 2 * * *', ...berlin },
      '2026-03-28T02:00:00Z',
      ['2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    [
      'New York',
      { every: '1 day', at: '02:30', ...newYork },
      '2026-03-07T08:00:00Z',
      ['2026-03-08T07:30', '2026-03-09T06:30'],
    ],
  ])('an occurrence in the skipped hour comes once, later: %s', (_name, schedule, after, expected) => {
    expect(occurrencesAfter(schedule, after, 2)).toEqual(expected)
  })
})

describe('when the clock goes back', () => {
  it.each([
    [
      'Berlin',
      { every: '1 day', at: '02:30', ...berlin },
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'Berlin, by cron',
      { cron: '30 2 * * *', ...berlin },
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'New York',
      { every: '1 day', at: '01:30', ...newYork },
      '2026-10-31T12:00:00Z',
      ['2026-11-01T05:30', '2026-11-02T06:30'],
    ],
  ])('an occurrence in the repeated hour comes once: %s', (_name, schedule, after, expected) => {
    expect(occurrencesAfter(schedule, after, 2)).toEqual(expected)
  })

  it('a schedule of every three hours keeps its interval', () => {
    const times = occurrencesAfter({ every: '3 hours', at: '00:00', ...berlin }, '2026-10-24T20:00:00Z', 5).map(
      (text) => instant(`${text}:00Z`),
    )
    expect(times.slice(1).map((at, index) => at - (times[index] ?? 0))).toEqual(Array(4).fill(3 * 3_600_000))
  })
})

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'UTC',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
]
const zone = fc.constantFrom(...zones)
const clockTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
const from = fc.constantFrom('2024-01-01', '2024-02-29', '2025-12-31', '2026-07-15')
const anySchedule: fc.Arbitrary<Schedule> = fc
  .oneof(
    fc.record({ every: fc.integer({ min: 1, max: 40 }).map((n) => `${n} hours`), at: clockTime, timeZone: zone, from }),
    fc.record({ every: fc.integer({ min: 1, max: 40 }).map((n) => `${n} days`), at: clockTime, timeZone: zone, from }),
    fc.record({
      every: fc.integer({ min: 1, max: 9 }).map((n) => `${n} weeks`),
      at: clockTime,
      timeZone: zone,
      from,
      on: fc.constantFrom('monday', 'thursday', 'sunday'),
    }),
    fc.record({
      every: fc.integer({ min: 1, max: 13 }).map((n) => `${n} months`),
      at: clockTime,
      timeZone: zone,
      from,
      on: fc.integer({ min: 1, max: 31 }),
    }),
    fc.record({
      cron: fc.constantFrom('0 7 * * 1', '30 2 * * *', '*/15 * * * *', '0 3 31 * *', '5 4 29 2 *', '0 1 1 */3 *'),
      timeZone: zone,
    }),
  )
  .map(read)
const anyInstant = fc.integer({ min: instant('2026-08-01'), max: instant('2029-01-01') })

describe('next and previous', () => {
  it('agree for any schedule and any instant: next is later, and is its own previous', () => {
    fc.assert(
      fc.property(anySchedule, anyInstant, (schedule, at) => {
        const next = nextOccurrence(schedule, at) ?? Number.NaN
        expect(next).toBeGreaterThan(at)
        expect(previousOccurrence(schedule, next)).toBe(next)
        const before = previousOccurrence(schedule, next - 1)
        expect(before === undefined || before <= at).toBe(true)
        if (before !== undefined) expect(nextOccurrence(schedule, before)).toBe(next)
      }),
      { numRuns: 500 },
    )
  })

  it('are never early: the previous occurrence is not after the instant, to the millisecond', () => {
    for (const schedule of [
      { cron: '0 7 * * *', timeZone: 'UTC' },
      { every: '1 day', at: '07:00', timeZone: 'UTC' },
    ]) {
      const at = instant('2026-11-24T07:00:00Z')
      expect([at - 1, at, at + 1].map((one) => formatInstant(previousOccurrence(read(schedule), one) ?? 0))).toEqual([
        '2026-11-23T07:00:00.000Z',
        '2026-11-24T07:00:00.000Z',
        '2026-11-24T07:00:00.000Z',
      ])
    }
  })
})

describe('a schedule is refused', () => {
  it.each([
    ['in an unknown time zone', { every: '1 day', timeZone: 'Europe/Atlantis' }],
    ['in an offset, which has no daylight saving time', { every: '1 day', timeZone: '+02:00' }],
    ['without a time zone', { every: '1 day' }],
    ['on a date that does not exist', { once: '2026-02-30T07:00', ...berlin }],
    ['every zero days', { every: '0 days', ...berlin }],
    ['at 24:00', { every: '1 day', at: '24:00', ...berlin }],
    ['with a weekday for months', { every: '1 month', on: 'monday', ...berlin }],
    ['with a day of the month for weeks', { every: '1 week', on: 3, ...berlin }],
    ['by a cron expression that never matches', { cron: '0 0 31 2 *', ...berlin }],
    ['by a cron expression with seconds', { cron: '0 0 7 * * 1', ...berlin }],
    ['by two rules at once', { once: '2026-12-01T07:00', cron: '0 7 * * 1', ...berlin }],
  ])('%s', (_name, schedule) => {
    expect(scheduleSchema.safeParse(schedule).success).toBe(false)
  })
})

it('a schedule is described in words', () => {
  expect(describeSchedule(read({ every: '2 weeks', on: 'friday', at: '18:30', ...berlin }))).toBe(
    'every 2 weeks on Friday at 18:30, Berlin time',
  )
  expect(describeSchedule(read({ every: '1 week', on: 'monday', ...berlin }))).toBe(
    'every Monday at 07:00, Berlin time',
  )
  expect(describeSchedule(read({ every: '6 hours', at: '00:30', timeZone: 'UTC' }))).toBe(
    'every 6 hours from 00:30, UTC',
  )
  expect(describeSchedule(read({ every: '1 month', on: 31, ...berlin }))).toBe(
    'every month on day 31 at 07:00, Berlin time',
  )
  expect(describeSchedule(read({ once: '2026-12-01T07:00', ...berlin }))).toBe(
    'once on 2026-12-01 at 07:00, Berlin time',
  )
  expect(describeSchedule(read({ cron: '0 7 * * 1', ...berlin }))).toBe('by cron 0 7 * * 1, Berlin time')
})
