// A part of npm run check-schedules: compares core's schedules with the oracle, and the oracle with planted mistakes.

import { describe, expect, it } from 'vitest'
import { zones } from './cases.js'
import { compareAll, counters, emptyTally } from './compare.js'
import { around, mistakes, type Written } from './oracle.js'
import { meaningOf, turnsOf } from './zone-clock.js'

const slice = 3000
const instant = (text: string): number => Date.parse(text)
const shown = (schedule: Written, after: string, count = 2) =>
  around(schedule, instant(after), count).next.map(({ at }) => new Date(at).toISOString().slice(0, 16))

it(`core and the oracle agree on ${slice} cases, among them gaps, overlaps, leap days and month ends`, () => {
  const tally = compareAll(20_261_124, 0, slice, emptyTally())
  expect(tally.differences).toEqual([])
  expect(tally.cases).toBe(slice)
  expect(tally.zones.size).toBeGreaterThan(80)
  for (const counter of counters) expect(tally.hits.get(counter), counter).toBeGreaterThan(20)
})

describe('the oracle', () => {
  it.each(mistakes)('detects that %s', (mistake) => {
    const tally = emptyTally()
    for (let number = 0; number < 800 && tally.differences.length === 0; number += 1)
      compareAll(1, number, number + 1, tally, mistake)
    expect(tally.differences).toHaveLength(1)
  })

  // The expected times come from the authorities of these zones, not from code.
  it.each<[string, Written, string, readonly string[]]>([
    [
      'Berlin sets its clocks forward',
      { every: '1 day', at: '02:30', from: '2024-01-01', timeZone: 'Europe/Berlin' },
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:30', '2026-03-30T00:30'],
    ],
    [
      'Berlin sets them forward under cron',
      { cron: '0,30 2 * * *', timeZone: 'Europe/Berlin' },
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:00', '2026-03-30T00:00'],
    ],
    [
      'Berlin sets them back',
      { cron: '30 2,14 * * *', timeZone: 'Europe/Berlin' },
      '2026-10-24T13:00:00Z',
      ['2026-10-25T00:30', '2026-10-25T13:30'],
    ],
    [
      'Lord Howe Island moves by half an hour',
      { cron: '15 2 * * *', timeZone: 'Australia/Lord_Howe' },
      '2026-10-03T00:00:00Z',
      ['2026-10-03T15:30', '2026-10-04T15:15'],
    ],
    [
      'Apia skips a Friday',
      { every: '1 day', at: '07:00', from: '2011-12-01', timeZone: 'Pacific/Apia' },
      '2011-12-29T12:00:00Z',
      ['2011-12-29T17:00', '2011-12-30T17:00', '2011-12-31T17:00'],
    ],
    [
      'Nuuk skips the last hour of a Saturday',
      { cron: '30 23 * * *', timeZone: 'America/Godthab' },
      '2026-03-28T02:00:00Z',
      ['2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    [
      'a month ends on a leap day',
      { every: '1 month', on: 31, at: '07:00', from: '2024-01-01', timeZone: 'UTC' },
      '2028-02-01T00:00:00Z',
      ['2028-02-29T07:00', '2028-03-31T07:00'],
    ],
    [
      'both days of cron are given',
      { cron: '0 7 1 * MON', timeZone: 'UTC' },
      '2026-11-30T12:00:00Z',
      ['2026-12-01T07:00', '2026-12-07T07:00'],
    ],
  ])('knows what happens when %s', (_what, schedule, after, expected) => {
    expect(shown(schedule, after, expected.length)).toEqual(expected)
  })

  it('knows the clock changes of a zone, and the meaning of a local time on each side', () => {
    const [spring] = turnsOf('Europe/Berlin', instant('2026-01-01'), instant('2026-06-01'))
    expect(spring).toEqual({ at: instant('2026-03-29T01:00:00Z'), before: 3_600_000, after: 7_200_000 })
    expect(meaningOf('Europe/Berlin', instant('2026-03-29T02:30:00Z')).kind).toBe('gap')
    expect(meaningOf('Europe/Berlin', instant('2026-10-25T02:30:00Z'))).toMatchObject({ moments: { length: 2 } })
    expect(zones.length).toBeGreaterThan(400)
  })
})
