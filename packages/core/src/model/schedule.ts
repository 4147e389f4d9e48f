// Schedule: once, every N hours/days/weeks/months at a time in a zone, or cron. Fires once per period.

import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { boundedText, inputBounds } from './input-bounds.js'
import { cronUpTo, isCron, nextOfCron } from './cron.js'
import { day, type Duration, hour, type Instant } from './time.js'

/** Monday first, as ISO 8601 counts. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const zoneKnown = (zone: string): boolean => {
  if (zone.length > inputBounds.text.word) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return !/^[+-]/.test(zone)
  } catch {
    return false
  }
}
const timeZone = z.string().refine(zoneKnown, {
  error: (issue) => `unknown time zone "${String(issue.input).slice(0, 100)}"; use an IANA name such as Europe/Berlin`,
})
const at = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as "07:00"')
  .default('07:00')
const every = z
  .string()
  .regex(/^[1-9]\d{0,2} (hour|day|week|month)s?$/, 'must be a period such as "6 hours", "1 week" or "2 months"')

const plainDateTime = boundedText('word').refine((text) => {
  try {
    Temporal.PlainDateTime.from(text, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}, 'must be a local date and time such as 2026-12-01T07:00')

const cronText = boundedText('name').refine(
  isCron,
  'must be a cron expression of five fields that matches a date, such as "0 7 * * 1"',
)

/** A schedule skips the organization's non-working days, unless it includes weekends or holidays here. */
const chosen = { weekends: z.boolean().optional(), holidays: z.boolean().optional() }

/** `from` anchors "every N": counting starts on that date, 2024-01-01 (a Monday) when absent. */
const scheduleForms = z.union([
  z.strictObject({ once: plainDateTime, timeZone, ...chosen }),
  z.strictObject({ cron: cronText, timeZone, ...chosen }),
  z
    .strictObject({
      every,
      on: z.union([z.enum(weekdays), z.number().int().min(1).max(31)]).optional(),
      at,
      timeZone,
      from: z.iso.date().default('2024-01-01'),
      ...chosen,
    })
    .superRefine((schedule, context) => {
      const unit = schedule.every.split(' ')[1] ?? ''
      const fits =
        schedule.on === undefined ||
        (typeof schedule.on === 'string' ? unit.startsWith('week') : unit.startsWith('month'))
      if (!fits)
        context.addIssue({
          code: 'custom',
          path: ['on'],
          message: 'use a weekday with weeks, or a day of the month with months',
        })
    }),
])
const namesForm = (raw: unknown): boolean =>
  typeof raw === 'object' && raw !== null && ['once', 'cron', 'every'].some((form) => form in raw)

export const scheduleSchema = z
  .unknown()
  .refine(namesForm, {
    error: 'expected a schedule such as { every: 1 week, on: monday, at: "07:00", timeZone: Europe/Berlin }, or none',
    abort: true,
  })
  .pipe(scheduleForms)
export type Schedule = z.infer<typeof scheduleSchema>
type Every = Extract<Schedule, { every: string }>

const toInstant = (local: Temporal.PlainDateTime, zone: string): Instant =>
  local.toZonedDateTime(zone).epochMilliseconds

interface Parts {
  readonly count: number
  readonly unit: string
  readonly anchor: Temporal.PlainDate
  readonly time: Temporal.PlainTime
  /** An occurrence of the first period before this instant does not count. */
  readonly start: Instant
}
const parsed = new WeakMap<Every, Parts>()

/** Parses a schedule, once. */
function partsOf(schedule: Every): Parts {
  const known = parsed.get(schedule)
  if (known !== undefined) return known
  const [count = '1', unit = 'day'] = schedule.every.split(' ')
  const anchor = Temporal.PlainDate.from(schedule.from)
  const start = toInstant(anchor.toPlainDateTime('00:00'), schedule.timeZone)
  const time = Temporal.PlainTime.from(schedule.at)
  const parts = { count: Number(count), unit: unit.replace(/s$/, ''), anchor, time, start }
  parsed.set(schedule, parts)
  return parts
}

function occurrenceIn(schedule: Every, period: number): Instant {
  const { count, unit, anchor, time } = partsOf(schedule)
  const steps = count * period
  if (unit === 'hour') return toInstant(anchor.toPlainDateTime(time), schedule.timeZone) + steps * hour
  let date: Temporal.PlainDate
  if (unit === 'month') {
    const first = anchor.with({ day: 1 }).add({ months: steps })
    date = first.with({ day: Math.min(typeof schedule.on === 'number' ? schedule.on : anchor.day, first.daysInMonth) })
  } else if (unit === 'week') {
    const wanted = typeof schedule.on === 'string' ? weekdays.indexOf(schedule.on) + 1 : anchor.dayOfWeek
    date = anchor.add({ days: ((wanted - anchor.dayOfWeek + 7) % 7) + 7 * steps })
  } else date = anchor.add({ days: steps })
  return toInstant(date.toPlainDateTime(time), schedule.timeZone)
}

const longest: Readonly<Record<string, Duration>> = { hour, day, week: 7 * day, month: 31 * day }

/** The first period that fires after an instant, and not before the start: an estimate, then a binary search. */
function periodAfter(schedule: Every, instant: Instant): number {
  const { count, unit, start } = partsOf(schedule)
  const after = Math.max(instant, start - 1)
  // A period is never longer than its unit, except across a clock change.
  let low = Math.max(0, Math.floor((after - start) / (count * (longest[unit] ?? day))) - 1)
  while (low > 0 && occurrenceIn(schedule, low) > after) low = Math.max(0, low - 4)
  let high = low + 1
  while (occurrenceIn(schedule, high) <= after) [low, high] = [high, high + 2 * (high - low)]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (occurrenceIn(schedule, middle) > after) high = middle
    else low = middle + 1
  }
  return low
}

/** The next occurrence strictly after an instant; undefined when there is none. */
export function nextOccurrence(schedule: Schedule, instant: Instant): Instant | undefined {
  const after = Math.floor(instant)
  if ('once' in schedule) {
    const once = toInstant(Temporal.PlainDateTime.from(schedule.once), schedule.timeZone)
    return once > after ? once : undefined
  }
  if ('cron' in schedule) return nextOfCron(schedule.cron, schedule.timeZone, after)
  return occurrenceIn(schedule, periodAfter(schedule, after))
}

/** The newest occurrence at or before an instant; undefined when there was none. */
export function previousOccurrence(schedule: Schedule, instant: Instant): Instant | undefined {
  const at = Math.floor(instant)
  if ('once' in schedule) {
    const once = toInstant(Temporal.PlainDateTime.from(schedule.once), schedule.timeZone)
    return once <= at ? once : undefined
  }
  if ('cron' in schedule) return cronUpTo(schedule.cron, schedule.timeZone, at)
  const period = periodAfter(schedule, at)
  const previous = period === 0 ? undefined : occurrenceIn(schedule, period - 1)
  return previous === undefined || previous < partsOf(schedule).start ? undefined : previous
}

const alsoOn = ({ weekends, holidays }: Schedule): string => {
  const days = [...(weekends === true ? ['weekends'] : []), ...(holidays === true ? ['holidays'] : [])]
  return days.length === 0 ? '' : `, also on ${days.join(' and ')}`
}

/** The zone as people say it: `Europe/Berlin` → "Berlin time". */
const zoneWords = (timeZone: string): string =>
  timeZone.includes('/') ? `${(timeZone.split('/').at(-1) ?? '').replaceAll('_', ' ')} time` : timeZone

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** How often a schedule fires, and on which day: "every Monday", "every 2 weeks on Friday", "every month on day 31". */
function rhythmOf(schedule: Every): string {
  const { on } = schedule
  const { count, unit } = partsOf(schedule)
  if (count === 1 && typeof on === 'string') return `every ${capitalized(on)}`
  const often = count === 1 ? `every ${unit}` : `every ${count} ${unit}s`
  if (on === undefined) return often
  return `${often} on ${typeof on === 'number' ? `day ${on}` : capitalized(on)}`
}

/** Describes a schedule in words: "every Monday at 07:00, Berlin time". */
export function describeSchedule(schedule: Schedule): string {
  const where = `${zoneWords(schedule.timeZone)}${alsoOn(schedule)}`
  if ('once' in schedule) return `once on ${schedule.once.replace('T', ' at ')}, ${where}`
  if ('cron' in schedule) return `by cron ${schedule.cron}, ${where}`
  const from = partsOf(schedule).unit === 'hour' ? 'from' : 'at'
  return `${rhythmOf(schedule)} ${from} ${schedule.at}, ${where}`
}
