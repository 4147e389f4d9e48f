// Test cases for schedules: seeded, in every time zone, mostly at clock changes, ends of months and leap days.

import type { Written } from './oracle.js'
import { meaningOf, turnsOf } from './zone-clock.js'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

export interface Case {
  readonly schedule: Written
  readonly after: number
}

/** Zones and years that a random choice would rarely hit: skipped days, half hours, short-lived rules, whole-day overlaps. */
const remarkable: readonly (readonly [string, number])[] = [
  ...([2024, 2026, 2027, 2031] as const).map((year) => ['Australia/Lord_Howe', year] as const),
  ...([2025, 2026, 2028] as const).map((year) => ['Antarctica/Troll', year] as const),
  ...([2023, 2026, 2029] as const).map((year) => ['Africa/Casablanca', year] as const),
  ...([2026, 2035] as const).map((year) => ['Africa/El_Aaiun', year] as const),
  ['Pacific/Apia', 2011] as const,
  ['Pacific/Fakaofo', 2011] as const,
  ['Pacific/Kwajalein', 1993] as const,
  ['Pacific/Kwajalein', 1969] as const,
  ['Pacific/Kiritimati', 1994] as const,
  ['Asia/Manila', 1844] as const,
  ['Pacific/Enderbury', 1994] as const,
  ['Pacific/Guam', 1844] as const,
  ['America/Juneau', 1867] as const,
  ['America/Godthab', 2026] as const,
  ['America/Scoresbysund', 2024] as const,
  ['Asia/Gaza', 2026] as const,
  ['Asia/Pyongyang', 2015] as const,
  ['America/Caracas', 2016] as const,
  ['Europe/Dublin', 1971] as const,
  ['Africa/Cairo', 2026] as const,
  ['America/Santiago', 2026] as const,
  ['America/St_Johns', 2011] as const,
  ['America/Havana', 2026] as const,
  ['Asia/Beirut', 2026] as const,
  ['Europe/London', 1941] as const,
  ['Antarctica/Casey', 2021] as const,
  ['Africa/Monrovia', 1972] as const,
  ['Europe/Amsterdam', 1937] as const,
]

/** Every time zone of Intl. */
export const zones: readonly string[] = Intl.supportedValuesOf('timeZone')
/** Cases of one zone and year come together, because finding its clock changes takes time. */
export const together = 25

export type Random = () => number
/** A small seeded generator (mulberry32). */
export function random(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
const between = (next: Random, low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
const oneOf = <Item>(next: Random, items: readonly Item[]): Item => items[between(next, 0, items.length - 1)] as Item

const two = (value: number): string => String(value).padStart(2, '0')
const dateText = (wall: number): string => new Date(wall).toISOString().slice(0, 10)
const timeText = (wall: number): string => new Date(wall).toISOString().slice(11, 16)
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

function placeOf(next: Random, group: number): readonly [string, number] {
  if (group % 6 === 5) return oneOf(next, remarkable)
  const zone = zones[(group - Math.floor(group / 6)) % zones.length] ?? 'UTC'
  return [zone, next() < 0.15 ? between(next, 1900, 2023) : between(next, 2024, 2045)]
}

/** A local time: in or near a gap or an overlap, on a leap day, at the end of a month, or anywhere. */
function placeInTime(next: Random, zone: string, year: number) {
  const turns = turnsOf(zone, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1))
  const kind = next()
  if (turns.length > 0 && kind < 0.6) {
    const { at, before, after } = oneOf(next, turns)
    const [low, high] = [at + Math.min(before, after), at + Math.max(before, after)]
    const inside = low + Math.floor(next() * (high - low))
    const wall = next() < 0.7 ? inside : oneOf(next, [low, high, low - minute, high + minute, low - hour, high + hour])
    return { wall: Math.floor(wall / minute) * minute, near: at }
  }
  const month = between(next, 0, 11)
  const leap = Date.UTC(Math.floor(year / 4) * 4, 1, 29)
  const date =
    kind < 0.75 ? leap : kind < 0.9 ? Date.UTC(year, month + 1, 0) : Date.UTC(year, month, between(next, 1, 31))
  const time = next() < 0.2 ? oneOf(next, [0, day - minute, hour, 12 * hour]) : between(next, 0, 1439) * minute
  const meaning = meaningOf(zone, date + time)
  return { wall: date + time, near: meaning.kind === 'gap' ? meaning.end : (meaning.moments[0] ?? date) }
}

/** An instant near another one: the same, slightly different, or some days away. */
function near(next: Random, at: number): number {
  const kind = next()
  const sign = next() < 0.5 ? -1 : 1
  if (kind < 0.1) return at
  if (kind < 0.2) return at + sign
  if (kind < 0.3) return at + sign * between(next, 1, 120) * second
  if (kind < 0.5) return at + sign * between(next, 1, 180) * minute
  if (kind < 0.7) return at + sign * between(next, 1, 48 * 3600) * second
  return at + sign * between(next, 0, 40 * day)
}

function fieldOf(next: Random, low: number, high: number, wanted: number, names?: readonly string[]): string {
  const said = (value: number) => (names !== undefined && next() < 0.3 ? (names[value % names.length] ?? '') : value)
  const kind = next()
  if (kind < 0.5) return String(said(wanted))
  if (kind < 0.65) return [...new Set([wanted, between(next, low, high), between(next, low, high)])].map(said).join(',')
  const [first, last] = [between(next, low, wanted), between(next, wanted, high)]
  if (kind < 0.8) return first === last ? String(first) : `${said(first)}-${said(last)}`
  if (kind < 0.9) return `*/${between(next, 1, Math.floor((high - low + 1) / 2))}`
  return first === last ? '*' : `${first}-${last}/${between(next, 1, Math.max(1, last - first))}`
}

const monthNames = ['', 'JAN', 'feb', 'Mar', 'APR', 'MAY', 'jun', 'JUL', 'aug', 'SEP', 'oct', 'NOV', 'Dec']
const dayNames = ['SUN', 'mon', 'TUE', 'wed', 'THU', 'Fri', 'SAT']

function cronOf(next: Random, wall: number): string {
  const at = new Date(wall)
  const m = next() < 0.08 ? '*' : fieldOf(next, 0, 59, at.getUTCMinutes())
  const h = next() < 0.15 ? '*' : fieldOf(next, 0, 23, at.getUTCHours())
  const days = next()
  const last = next() < 0.1 ? oneOf(next, ['L', `L,${between(next, 1, 31)}`]) : undefined
  const ofMonth = days < 0.55 ? '*' : (last ?? fieldOf(next, 1, 31, at.getUTCDate()))
  const months = next() < 0.8 ? '*' : fieldOf(next, 1, 12, at.getUTCMonth() + 1, monthNames)
  const weekday = at.getUTCDay() === 0 && next() < 0.5 ? 7 : at.getUTCDay()
  const nth = `${next() < 0.5 ? weekday : (dayNames[weekday % 7] ?? weekday)}#${oneOf(next, [Math.ceil(at.getUTCDate() / 7), 1, 5, 'L'])}`
  const ofWeek =
    next() < 0.04
      ? nth
      : (days > 0.3 && days < 0.55) || days > 0.85
        ? fieldOf(next, weekday === 7 ? 1 : 0, weekday === 7 ? 7 : 6, weekday, weekday === 7 ? undefined : dayNames)
        : next() < 0.1
          ? '?'
          : '*'
  return `${m} ${h} ${ofMonth} ${months} ${ofWeek}`
}

function scheduleOf(next: Random, timeZone: string, wall: number): Written {
  const kind = next()
  const local = { at: timeText(wall), timeZone }
  if (kind < 0.08) return { once: `${dateText(wall)}T${timeText(wall)}`, timeZone }
  if (kind < 0.18) {
    const count = oneOf(next, [1, 2, 3, 6, 12, 24, 36, between(next, 1, 999)])
    return { every: `${count} hours`, ...local, from: dateText(wall - between(next, 0, 400) * day) }
  }
  if (kind < 0.35) {
    const count = oneOf(next, [1, 1, 2, between(next, 3, 30)])
    const from = dateText(wall - count * between(next, 0, 40) * day)
    return { every: `${count} ${count === 1 ? 'day' : 'days'}`, ...local, from }
  }
  if (kind < 0.48) {
    const count = oneOf(next, [1, 1, 2, between(next, 3, 9)])
    const from = dateText(wall - count * 7 * between(next, 0, 20) * day - between(next, 0, 6) * day)
    const on = next() < 0.8 ? { on: weekdays[new Date(wall).getUTCDay()] ?? 'monday' } : {}
    return { every: `${count} ${count === 1 ? 'week' : 'weeks'}`, ...on, ...local, from }
  }
  if (kind < 0.65) {
    const count = oneOf(next, [1, 1, 2, 3, 12, between(next, 1, 13)])
    const date = new Date(wall)
    const months = date.getUTCFullYear() * 12 + date.getUTCMonth() - count * between(next, 0, 24)
    const from = `${String(Math.floor(months / 12)).padStart(4, '0')}-${two((months % 12) + 1)}-${two(between(next, 1, 28))}`
    const on = next() < 0.85 ? { on: oneOf(next, [date.getUTCDate(), 29, 30, 31, between(next, 1, 31)]) } : {}
    return { every: `${count} ${count === 1 ? 'month' : 'months'}`, ...on, ...local, from }
  }
  return { cron: cronOf(next, wall), timeZone }
}

/** Makes one case; the same seed and number always make the same case. */
export function caseOf(seed: number, number: number): Case {
  const group = Math.floor(number / together)
  const [timeZone, year] = placeOf(random(seed * 1_000_003 + group), group)
  const next = random(Math.imul(seed, 2_654_435) + number * 7919 + 1)
  const { wall, near: at } = placeInTime(next, timeZone, year)
  return { schedule: scheduleOf(next, timeZone, wall), after: near(next, at) }
}
