// An oracle for schedules: it applies the rules of docs/schedules.md by scanning dates one by one. Slow, simple, and independent of core.

import { meaningOf, stretchesOf } from './zone-clock.js'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
/** The longest time between two occurrences: forty years from one fifth Monday of a February to the next. */
const farthest = 41 * 366

/** A schedule as in a policy file. */
export type Written =
  | { readonly once: string; readonly timeZone: string }
  | { readonly cron: string; readonly timeZone: string }
  | {
      readonly every: string
      readonly on?: string | number
      readonly at: string
      readonly from: string
      readonly timeZone: string
    }

/** Mistakes that an implementation could make. The comparison has to detect each of them. */
export const mistakes = [
  'a gap swallows the occurrence',
  'a gap fires before it',
  'an overlap fires at its second pass',
  'an overlap fires twice',
  'day 31 skips shorter months',
  'both days of cron are required',
  'hours follow the wall clock',
  'the instant itself counts as next',
] as const
export type Mistake = (typeof mistakes)[number]

interface Moment {
  readonly at: number
  readonly gap: boolean
  readonly overlap: boolean
  readonly leapDay: boolean
  readonly monthEnd: boolean
}
export interface Around {
  readonly previous: Moment | undefined
  readonly next: readonly Moment[]
  /** A time that the rule skips because no clock showed it. */
  readonly skipped: boolean
}

/** Dates are days since 1970-01-01; times are milliseconds since midnight. */
interface Rule {
  readonly zone: string
  readonly fires: (date: number) => boolean
  readonly times: readonly number[]
  /** What happens to a local time in a gap: later by the length of the gap, right after the gap, or never. */
  readonly inGap: 'shifted' | 'end' | 'never'
  /** What happens to a local time that exists twice. */
  readonly twice: 'first' | 'both'
  readonly start: number
}

const civil = (date: number) => {
  const at = new Date(date * day)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth(), dayOfMonth: at.getUTCDate(), weekday: at.getUTCDay() }
}
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
const dateOf = (text: string): number => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / day
const timeOf = (text: string): number => Number(text.slice(0, 2)) * hour + Number(text.slice(3, 5)) * minute

/** The first moment of a local time, or its moment with the offset from before the gap. */
function firstMoment(zone: string, wall: number): number {
  const meaning = meaningOf(zone, wall)
  return meaning.kind === 'gap' ? meaning.shifted : Math.min(...meaning.moments)
}

function datesOf({ every, on, from }: Extract<Written, { every: string }>, mistake?: Mistake) {
  const [count = 1, unit = ''] = every.split(' ').map((part, index) => (index === 0 ? Number(part) : part)) as [
    number,
    string,
  ]
  const first = dateOf(from)
  if (unit.startsWith('day')) return (date: number) => date >= first && (date - first) % count === 0
  if (unit.startsWith('week')) {
    const weekday = typeof on === 'string' ? names.indexOf(on) : civil(first).weekday
    let begin = first
    while (civil(begin).weekday !== weekday) begin += 1
    return (date: number) => date >= begin && (date - begin) % (7 * count) === 0
  }
  const anchor = civil(first)
  const wanted = typeof on === 'number' ? on : anchor.dayOfMonth
  return (date: number) => {
    const { year, month, dayOfMonth } = civil(date)
    const months = (year - anchor.year) * 12 + month - anchor.month
    const clamped = mistake === 'day 31 skips shorter months' ? wanted : Math.min(wanted, lastDay(year, month))
    return months >= 0 && months % count === 0 && dayOfMonth === clamped
  }
}

const monthNames = ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** The values of a cron field. */
function valuesOf(field: string, low: number, high: number, called: readonly string[] = []): ReadonlySet<number> {
  const numberOf = (text: string) => {
    const named = called.indexOf(text.toLowerCase())
    return named === -1 ? Number(text) : named
  }
  const values = new Set<number>()
  for (const part of field.split(',')) {
    const [range = '', every = '1'] = part.split('/')
    const [first = '', last = first] = range.split('-')
    const wild = range === '*' || range === '?'
    // In a range that ends on Sunday, Sunday is the last day of the week.
    const end = last.toLowerCase() === 'sun' && first !== last ? 7 : numberOf(last)
    for (let value = wild ? low : numberOf(first); value <= (wild ? high : end); value += Number(every))
      values.add(value)
  }
  return values
}

/** The parts of a field that are numbers, names and ranges, or a word that matches nothing. */
const plainPart = (field: string, special: RegExp): string =>
  field
    .split(',')
    .filter((part) => !special.test(part))
    .join(',') || 'none'

/** Whether a date is the weekday that `MON#2` or `5#L` means. */
function isNth(part: string, weekday: number, dayOfMonth: number, ends: number): boolean {
  const [name = '', which = ''] = part.toLowerCase().split('#')
  const named = dayNames.indexOf(name)
  if (weekday !== (named === -1 ? Number(name) % 7 : named)) return false
  return which === 'l' ? dayOfMonth + 7 > ends : Math.ceil(dayOfMonth / 7) === Number(which)
}

function cronRule({ cron, timeZone }: Extract<Written, { cron: string }>, mistake?: Mistake): Rule {
  const [minutes = '', hours = '', ofMonth = '', months = '', ofWeek = ''] = cron.trim().split(/\s+/)
  const [m, h] = [valuesOf(minutes, 0, 59), valuesOf(hours, 0, 23)]
  const inMonths = valuesOf(months, 1, 12, monthNames)
  const days = valuesOf(plainPart(ofMonth, /^L$/i), 1, 31)
  const weekdays = new Set([...valuesOf(plainPart(ofWeek, /#/), 0, 6, dayNames)].map((one) => one % 7))
  const [last, nth] = [/(^|,)L(,|$)/i.test(ofMonth), ofWeek.split(',').filter((part) => part.includes('#'))]
  const [anyDay, anyWeekday] = [/^[*?]$/.test(ofMonth), /^[*?]$/.test(ofWeek)]
  const either = !anyDay && !anyWeekday && mistake !== 'both days of cron are required'
  const fixed = !/[*?/]/.test(minutes + hours)
  return {
    zone: timeZone,
    fires(date) {
      const { year, month, dayOfMonth, weekday } = civil(date)
      if (!inMonths.has(month + 1)) return false
      const ends = lastDay(year, month)
      const byDay = days.has(dayOfMonth) || (last && dayOfMonth === ends)
      const byWeekday = weekdays.has(weekday) || nth.some((part) => isNth(part, weekday, dayOfMonth, ends))
      return either ? byDay || byWeekday : byDay && byWeekday
    },
    times: [...h]
      .toSorted((a, b) => a - b)
      .flatMap((one) => [...m].toSorted((a, b) => a - b).map((other) => one * hour + other * minute)),
    inGap: fixed ? 'end' : 'never',
    twice: fixed ? 'first' : 'both',
    start: -Infinity,
  }
}

function ruleOf(schedule: Written, mistake?: Mistake): Rule {
  const rule = { zone: schedule.timeZone, inGap: 'shifted', twice: 'first' } as const
  if ('cron' in schedule) return cronRule(schedule, mistake)
  if ('once' in schedule) {
    const date = dateOf(schedule.once)
    return { ...rule, fires: (one) => one === date, times: [timeOf(schedule.once.slice(11))], start: -Infinity }
  }
  return {
    ...rule,
    fires: datesOf(schedule, mistake),
    times: [timeOf(schedule.at)],
    start: firstMoment(schedule.timeZone, dateOf(schedule.from) * day),
  }
}

function momentsOf(rule: Rule, date: number, time: number, mistake?: Mistake): readonly Moment[] {
  const meaning = meaningOf(rule.zone, date * day + time)
  const { year, month, dayOfMonth } = civil(date)
  const marks = { leapDay: month === 1 && dayOfMonth === 29, monthEnd: dayOfMonth === lastDay(year, month) }
  if (meaning.kind === 'gap') {
    if (rule.inGap === 'never' || mistake === 'a gap swallows the occurrence') return []
    const right = rule.inGap === 'end' ? meaning.end : meaning.shifted
    const at = mistake === 'a gap fires before it' ? meaning.end - minute : right
    return [{ at, gap: true, overlap: false, ...marks }]
  }
  const { moments } = meaning
  const second = mistake === 'an overlap fires at its second pass'
  const both = rule.twice === 'both' || mistake === 'an overlap fires twice'
  const chosen = both ? moments : [second ? Math.max(...moments) : Math.min(...moments)]
  return chosen.map((at) => ({ at, gap: false, overlap: moments.length > 1, ...marks }))
}

/** "Every N hours" counts in real time from one moment, regardless of clock changes. */
function hoursAround(schedule: Extract<Written, { every: string }>, after: number, count: number, mistake?: Mistake) {
  const { every, at, from, timeZone } = schedule
  const length = Number(every.split(' ')[0]) * hour
  const wall = dateOf(from) * day + timeOf(at)
  const begin = firstMoment(timeZone, wall)
  const none = { gap: false, overlap: false, leapDay: false, monthEnd: false }
  const found: Moment[] = []
  const index = Math.max(0, Math.floor((after - begin) / length))
  for (let period = Math.max(0, index - 30); period <= index + count + 30; period += 1) {
    const real = begin + period * length
    found.push({
      ...none,
      at: mistake === 'hours follow the wall clock' ? firstMoment(timeZone, wall + period * length) : real,
    })
  }
  return split(found, after, count, mistake)
}

function split(found: readonly Moment[], after: number, count: number, mistake?: Mistake) {
  const later = (at: number) => (mistake === 'the instant itself counts as next' ? at >= after : at > after)
  const sorted = found.toSorted((a, b) => a.at - b.at).filter(({ at }, index, all) => at !== all[index - 1]?.at)
  return {
    previous: sorted.findLast(({ at }) => !later(at)),
    next: sorted.filter(({ at }) => later(at)).slice(0, count),
  }
}

/** Scans dates in one direction until it has found enough moments on that side of the instant. */
function scan(rule: Rule, after: number, count: number, direction: 1 | -1, mistake?: Mistake) {
  const found: Moment[] = []
  let skipped = false
  const offsets = stretchesOf(rule.zone, after - 4 * day, after + 4 * day).map(({ offset }) => offset)
  const [least, most] = [Math.min(...offsets), Math.max(...offsets)]
  // The local times that clocks can show at the instant, with an extra minute for the planted mistakes.
  const edge = direction === 1 ? after + least - minute : after + most + minute
  const isBehind = (at: number) => (direction === 1 ? at > after : at <= after)
  const times = direction === 1 ? rule.times : rule.times.toReversed()
  let enough: number | undefined
  let last = Math.floor((direction === 1 ? after + least : after + most) / day) - direction
  for (let date = last; Math.abs(date - last) < farthest; date += direction) {
    if (!rule.fires(date)) continue
    last = date
    for (const time of times) {
      const wall = date * day + time
      if ((wall - edge) * direction < 0) {
        // Times in a gap around the instant fire after it.
        if (Math.abs(wall - edge) > 26 * hour || least === most) continue
      }
      if (enough !== undefined && (wall - enough) * direction > 0) return { found, skipped }
      const moments = momentsOf(rule, date, time, mistake).filter(({ at }) => at >= rule.start)
      skipped ||= moments.length === 0 && rule.inGap === 'never'
      found.push(...moments)
      const behind = new Set(found.map(({ at }) => at).filter(isBehind))
      if (behind.size >= count && enough === undefined) {
        const near = Math.abs(wall - after - most) < 2 * day
        enough = wall + direction * (near ? most - least + minute : 26 * hour)
      }
    }
  }
  return { found, skipped }
}

/** The newest occurrence at or before an instant, and the next ones after it. */
export function around(schedule: Written, after: number, count: number, mistake?: Mistake): Around {
  if ('every' in schedule && schedule.every.includes('hour'))
    return { ...hoursAround(schedule, after, count, mistake), skipped: false }
  const rule = ruleOf(schedule, mistake)
  const forward = scan(rule, after, count, 1, mistake)
  const backward = scan(rule, after, 1, -1, mistake)
  return {
    ...split([...backward.found, ...forward.found], after, count, mistake),
    skipped: forward.skipped || backward.skipped,
  }
}
