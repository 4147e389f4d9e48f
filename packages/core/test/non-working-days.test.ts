// Non-working days: an occurrence on a weekend or a holiday waits for the next working day, unless the policy allows such days.

import { describe, expect, it } from 'vitest'
import {
  day,
  formatInstant,
  hour,
  minute,
  nextRunTime,
  parseInstant,
  previousRunTime,
  type NonWorkingDays,
  nonWorkingDaysSchema,
  type Schedule,
  scheduleSchema,
  defaultNonWorkingDays,
} from '../src/index.js'
import { memoryWorld, type MemoryWorld, organization, policy } from '../src/testing/index.js'
import { by, factsOf, inactiveUsers, worldOf } from './flow.js'

const read = (schedule: unknown): Schedule => scheduleSchema.parse(schedule)
const instant = (text: string): number => parseInstant(text) ?? Number.NaN
const weekend = defaultNonWorkingDays
const withHolidays = (...holidays: string[]): NonWorkingDays => ({ ...weekend, holidays })

/** The next occurrences of a schedule after an instant, in UTC, to the minute. */
function occurrences(schedule: unknown, after: string, nonWorking: NonWorkingDays, count: number): readonly string[] {
  const found: string[] = []
  let at: number | undefined = instant(after)
  while (found.length < count && (at = nextRunTime(read(schedule), at, nonWorking)?.at) !== undefined)
    found.push(formatInstant(at).slice(0, 16))
  return found
}

const berlin = { timeZone: 'Europe/Berlin' }
const daily = { every: '1 day', at: '07:00', ...berlin }
const weekly = (on: string, more = {}) => ({ every: '1 week', on, at: '07:00', ...berlin, ...more })

// 2026-11-27 is a Friday.
describe('a policy without approval runs', () => {
  it.each<[string, unknown, string, NonWorkingDays, readonly string[]]>([
    ['on Friday, for an occurrence on Friday', weekly('friday'), '2026-11-26T12:00:00Z', weekend, ['2026-11-27T06:00']],
    [
      'on Monday, for an occurrence on Saturday',
      weekly('saturday'),
      '2026-11-26T12:00:00Z',
      weekend,
      ['2026-11-30T06:00'],
    ],
    ['on Monday, for an occurrence on Sunday', weekly('sunday'), '2026-11-26T12:00:00Z', weekend, ['2026-11-30T06:00']],
    ['on Monday, for an occurrence on Monday', weekly('monday'), '2026-11-26T12:00:00Z', weekend, ['2026-11-30T06:00']],
    [
      'once on Monday, for the occurrences of three days',
      daily,
      '2026-11-26T12:00:00Z',
      weekend,
      ['2026-11-27T06:00', '2026-11-30T06:00', '2026-12-01T06:00'],
    ],
    [
      'on Tuesday, when Monday after the weekend is a holiday',
      daily,
      '2026-11-26T12:00:00Z',
      withHolidays('2026-11-30'),
      ['2026-11-27T06:00', '2026-12-01T06:00', '2026-12-02T06:00'],
    ],
    [
      'on the day after a holiday in the middle of the week',
      daily,
      '2026-12-01T12:00:00Z',
      withHolidays('2026-12-02'),
      ['2026-12-03T06:00', '2026-12-04T06:00'],
    ],
    [
      'once, at the time of the newest of several occurrences in a weekend',
      { cron: '0 7,15 * * 6,0', ...berlin },
      '2026-11-26T12:00:00Z',
      weekend,
      ['2026-11-30T14:00', '2026-12-07T14:00'],
    ],
    [
      "at the working day's own times, to which the weekend adds none",
      { every: '9 hours', at: '00:00', from: '2026-11-27', timeZone: 'UTC' },
      '2026-11-27T12:00:00Z',
      weekend,
      ['2026-11-27T18:00', '2026-11-30T00:00', '2026-11-30T09:00', '2026-11-30T18:00', '2026-12-01T03:00'],
    ],
    [
      'on Monday, for a single date on Saturday',
      { once: '2026-11-28T07:00', ...berlin },
      '2026-11-20',
      weekend,
      ['2026-11-30T06:00'],
    ],
    [
      'at the same local time, over a weekend in which the clock goes forward',
      weekly('saturday', { at: '02:30' }),
      '2026-03-26T12:00:00Z',
      weekend,
      ['2026-03-30T00:30'],
    ],
    [
      'at the same local time, over a weekend in which the clock goes back',
      weekly('saturday', { at: '02:30' }),
      '2026-10-22T12:00:00Z',
      weekend,
      ['2026-10-26T01:30'],
    ],
    [
      'by the weekend in its own time zone, east of Greenwich',
      { every: '1 day', at: '08:00', timeZone: 'Pacific/Auckland' },
      '2026-11-26T18:00:00Z',
      weekend,
      // Friday's occurrence is Thursday in UTC, Monday's is Sunday.
      ['2026-11-26T19:00', '2026-11-29T19:00'],
    ],
    [
      'by the weekend in its own time zone, west of Greenwich',
      { every: '1 day', at: '20:00', timeZone: 'America/Los_Angeles' },
      '2026-11-27T05:00:00Z',
      weekend,
      ['2026-11-28T04:00', '2026-12-01T04:00'],
    ],
    [
      'on Sunday, when Friday and Saturday are non-working days',
      weekly('friday', { timeZone: 'Asia/Riyadh' }),
      '2026-11-26T12:00:00Z',
      { weekdays: ['friday', 'saturday'], holidays: [] },
      ['2026-11-29T04:00'],
    ],
    [
      'on Saturday, when it includes weekends',
      weekly('saturday', { weekends: true }),
      '2026-11-26T12:00:00Z',
      weekend,
      ['2026-11-28T06:00'],
    ],
    [
      'after a holiday on Saturday, when it includes only weekends',
      weekly('saturday', { weekends: true }),
      '2026-11-26T12:00:00Z',
      withHolidays('2026-11-28'),
      ['2026-11-29T06:00'],
    ],
    [
      'on a holiday, but not on Sunday, when it includes only holidays',
      { ...daily, holidays: true },
      '2026-11-27T12:00:00Z',
      withHolidays('2026-11-30'),
      ['2026-11-30T06:00'],
    ],
    [
      'on every day, when it includes both',
      { ...daily, weekends: true, holidays: true },
      '2026-11-27T12:00:00Z',
      withHolidays('2026-11-28', '2026-11-30'),
      ['2026-11-28T06:00', '2026-11-29T06:00', '2026-11-30T06:00'],
    ],
    [
      'on every day, when the organization has no non-working days',
      daily,
      '2026-11-27T12:00:00Z',
      { weekdays: [], holidays: [] },
      ['2026-11-28T06:00', '2026-11-29T06:00'],
    ],
    [
      'on the first working day after a date that its time zone skipped and a weekend',
      // Apia had no Friday 2011-12-30.
      { every: '1 day', at: '07:00', from: '2011-12-01', timeZone: 'Pacific/Apia' },
      '2011-12-29T00:00:00Z',
      weekend,
      ['2011-12-29T17:00', '2012-01-01T17:00'],
    ],
  ])('%s', (_name, schedule, after, nonWorking, expected) => {
    expect(occurrences(schedule, after, nonWorking, expected.length)).toEqual(expected)
    const last = instant(`${expected.at(-1)}:00Z`)
    expect(previousRunTime(read(schedule), last, nonWorking)?.at).toBe(last)
    expect(previousRunTime(read(schedule), last - 1, nonWorking)?.at ?? 0).toBeLessThan(last)
  })

  it('never again when its only date has passed', () => {
    const once = read({ once: '2026-11-28T07:00', ...berlin })
    expect(nextRunTime(once, instant('2026-11-30T06:00:00Z'), weekend)).toBeUndefined()
    expect(previousRunTime(once, instant('2026-11-30T05:59:00Z'), weekend)).toBeUndefined()
  })

  it('after a whole year of holidays', () => {
    const holidays = Array.from({ length: 365 }, (_, n) => formatInstant(instant('2027-01-01') + n * day).slice(0, 10))
    const nonWorking = { ...weekend, holidays }
    expect(occurrences(daily, '2026-12-31T12:00:00Z', nonWorking, 2)).toEqual(['2028-01-03T06:00', '2028-01-04T06:00'])
    expect(previousRunTime(read(daily), instant('2027-12-31T23:00:00Z'), nonWorking)).toEqual({
      at: instant('2026-12-31T06:00:00Z'),
      occurrence: instant('2026-12-31T06:00:00Z'),
    })
  })

  it('at previous and next times that agree, every seven hours for six weeks', () => {
    const nonWorking = withHolidays('2026-12-24', '2026-12-25', '2026-12-28', '2027-01-01')
    for (const schedule of [daily, weekly('saturday'), { cron: '15 6,18 * * 0,4', ...berlin }].map(read))
      for (let at = instant('2026-12-01'); at < instant('2027-01-12'); at += 7 * hour) {
        const next = nextRunTime(schedule, at, nonWorking)?.at ?? Number.NaN
        const previous = previousRunTime(schedule, at, nonWorking)?.at ?? Number.NaN
        expect([previous <= at, next > at]).toEqual([true, true])
        expect(previousRunTime(schedule, next - 1, nonWorking)?.at).toBe(previous)
        expect(nextRunTime(schedule, previous, nonWorking)?.at).toBe(next)
      }
  })
})

describe('the non-working days of an organization', () => {
  const world = () => memoryWorld(organization([]))

  it('are Saturday and Sunday by default', async () => {
    expect(await world().app.nonWorkingDays()).toEqual({ weekdays: ['saturday', 'sunday'], holidays: [] })
  })

  it('are stored in order, each once, and the audit log records who changed them', async () => {
    const { app } = world()
    const given = { weekdays: ['sunday', 'friday', 'sunday'], holidays: ['2026-12-26', '2026-12-25', '2026-12-26'] }
    await app.setNonWorkingDays(given, by)
    const kept = { weekdays: ['friday', 'sunday'], holidays: ['2026-12-25', '2026-12-26'] }
    expect(await app.nonWorkingDays()).toEqual(kept)
    expect(await factsOf(app)).toMatchObject([{ actor: by, event: 'rest-days-changed', details: kept }])
  })

  it.each([
    ['a weekday that does not exist', { weekdays: ['caturday'], holidays: [] }],
    ['a date that does not exist', { weekdays: [], holidays: ['2026-02-30'] }],
    ['all seven weekdays, because nothing would ever run', { weekdays: allWeekdays(), holidays: [] }],
    ['no weekdays at all', { holidays: [] }],
    ['an unknown key', { weekdays: [], holidays: [], months: [] }],
  ])('refuse %s', async (_what, given) => {
    const { app } = world()
    await expect(app.setNonWorkingDays(given, by)).rejects.toMatchObject({ name: 'UsageError' })
    expect(nonWorkingDaysSchema.safeParse(given).success).toBe(false)
    expect(await factsOf(app)).toEqual([])
  })
})

function allWeekdays(): readonly string[] {
  return ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
}

// testNow is Tuesday 2026-11-24, 08:00 UTC.
describe('a scheduled policy', () => {
  const saturday = { every: '1 week', on: 'saturday', at: '07:00', timeZone: 'UTC' }
  async function scheduled(changes: Readonly<Record<string, unknown>> = {}): Promise<MemoryWorld> {
    const world = worldOf(inactiveUsers(3))
    const read = policy({ schedule: saturday, approval: 'automatic', limits: { take: 1 }, ...changes })
    await world.app.importPolicy(read, by)
    await world.app.sync(by)
    await world.app.planStored(read.name, by)
    await world.app.enablePolicy(read.name, by)
    return world
  }
  const fired = async ({ app }: MemoryWorld) => (await app.fireDue(by)).map(({ status }) => status)
  const setTo = ({ system }: MemoryWorld, text: string) => system.advance(instant(text) - system.now())
  const nextShown = async ({ app }: MemoryWorld) => (await app.overview()).schedules.map(({ next }) => next)

  it('waits on Saturday, runs on Monday without approval, and the overview shows Monday', async () => {
    const world = await scheduled()
    expect(await nextShown(world)).toEqual(['2026-11-30T07:00:00.000Z'])
    setTo(world, '2026-11-28T07:01:00Z')
    expect(await fired(world)).toEqual([])
    expect(await nextShown(world)).toEqual(['2026-11-30T07:00:00.000Z'])
    setTo(world, '2026-11-30T07:00:00Z')
    expect(await fired(world)).toEqual(['executing'])
    expect(await fired(world)).toEqual([])
    expect(await nextShown(world)).toEqual(['2026-12-07T07:00:00.000Z'])
  })

  it('fires on Saturday when its plan needs approval anyway', async () => {
    const world = await scheduled({ approval: 'required' })
    expect(await nextShown(world)).toEqual(['2026-11-28T07:00:00.000Z'])
    setTo(world, '2026-11-28T07:01:00Z')
    expect(await fired(world)).toEqual(['awaiting-approval'])
  })

  it.each([
    [60, 'executing'],
    [61, 'awaiting-approval'],
  ])('measures lateness from the postponed time: after %i minutes it is %s', async (late, status) => {
    const world = await scheduled()
    setTo(world, '2026-11-30T07:00:00Z')
    world.system.advance(late * minute)
    expect(await fired(world)).toEqual([status])
  })

  it('needs approval when the scheduler fires it after midnight, on a non-working day', async () => {
    const world = await scheduled({ schedule: { cron: '50 23 * * 5', timeZone: 'UTC' } })
    setTo(world, '2026-11-28T00:10:00Z')
    expect(await fired(world)).toEqual(['awaiting-approval'])
  })

  it('does not run on Monday for a Saturday before it was enabled', async () => {
    const world = worldOf(inactiveUsers(3))
    const { name } = policy()
    await world.app.importPolicy(policy({ schedule: saturday, approval: 'automatic', limits: { take: 1 } }), by)
    setTo(world, '2026-11-29T12:00:00Z')
    await world.app.sync(by)
    await world.app.planStored(name, by)
    await world.app.enablePolicy(name, by)
    expect(await nextShown(world)).toEqual(['2026-12-07T07:00:00.000Z'])
    setTo(world, '2026-11-30T07:00:00Z')
    expect(await fired(world)).toEqual([])
  })

  it('does not run twice when the day of its run becomes a holiday', async () => {
    const world = await scheduled()
    setTo(world, '2026-11-30T07:00:00Z')
    expect(await fired(world)).toEqual(['executing'])
    await world.app.setNonWorkingDays({ weekdays: ['saturday', 'sunday'], holidays: ['2026-11-30'] }, by)
    setTo(world, '2026-12-01T07:00:00Z')
    expect(await fired(world)).toEqual([])
  })

  it('is postponed again when the day to which it was postponed becomes a holiday', async () => {
    const world = await scheduled()
    await world.app.setNonWorkingDays({ weekdays: ['saturday', 'sunday'], holidays: ['2026-11-30'] }, by)
    setTo(world, '2026-11-30T08:00:00Z')
    expect(await fired(world)).toEqual([])
    setTo(world, '2026-12-01T07:00:00Z')
    expect(await fired(world)).toEqual(['executing'])
  })

  it.each([
    ['not JSON', 'saturday'],
    ['another shape', '{"weekdays":["saturday"]}'],
    ['a weekday that does not exist', '{"weekdays":["caturday"],"holidays":[]}'],
  ])('does not run by its schedule while the non-working days cannot be read, and says so: %s', async (_what, text) => {
    const world = await scheduled()
    await world.ports.store.putSetting('rest-days', text)
    await expect(world.app.nonWorkingDays()).rejects.toThrow('cannot read the non-working days')
    expect(await nextShown(world)).toEqual([null])
    expect(await fired(world)).toEqual([])
    setTo(world, '2026-11-30T07:00:00Z')
    await expect(world.app.fireDue(by)).rejects.toThrow('cannot read the non-working days')
    expect(await world.app.runs(9)).toEqual([])
    await world.app.setNonWorkingDays(defaultNonWorkingDays, by)
    expect(await fired(world)).toEqual(['executing'])
  })

  it('that needs approval still fires while the non-working days cannot be read', async () => {
    const world = await scheduled({ approval: 'required' })
    await world.ports.store.putSetting('rest-days', '?')
    setTo(world, '2026-11-28T07:00:00Z')
    expect(await fired(world)).toEqual(['awaiting-approval'])
  })

  it('says in its description that it includes weekends or holidays', async () => {
    const world = await scheduled({ schedule: { ...saturday, weekends: true, holidays: true } })
    expect((await world.app.overview()).schedules[0]?.description).toBe(
      'every Saturday at 07:00, UTC, also on weekends and holidays',
    )
    expect(await nextShown(world)).toEqual(['2026-11-28T07:00:00.000Z'])
  })
})
