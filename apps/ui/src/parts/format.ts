// Numbers, dates and ages in the language of the message catalogue; null becomes the word "unknown", never 0.
import { locale, messages } from '../messages'

const numbers = new Intl.NumberFormat(locale)
const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
const moments = new Intl.DateTimeFormat(locale, {
  ...({ year: 'numeric', month: 'short', day: 'numeric' } as const),
  ...({ hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const),
})
const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
const exact = new Intl.DateTimeFormat(locale, {
  ...({ year: 'numeric', month: 'short', day: 'numeric' } as const),
  ...({ hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' } as const),
})
const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' })
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

/** The least number for each unit: "47 hours" is more precise than "1 day". */
const ageUnits = [
  ['year', 31_557_600, 2],
  ['month', 2_629_800, 2],
  ['week', 604_800, 2],
  ['day', 86_400, 2],
  ['hour', 3_600, 2],
  ['minute', 60, 1],
] as const

export function formatNumber(value: number | null): string {
  return value === null ? messages.unknown : numbers.format(value)
}

export function formatShare(part: number, total: number): string {
  return total > 0 ? percents.format(part / total) : messages.unknown
}

export function formatMoment(iso: string): string {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? messages.unknown : moments.format(at)
}

/** A moment to the second with its time zone, for auditors. */
export function formatMomentInZone(iso: string): string {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? messages.unknown : exact.format(at)
}

/** A date in UTC, like those of Atlassian and Rollcall. */
export function formatDay(iso: string): string {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? messages.unknown : days.format(at)
}

export function formatClock(epochMs: number): string {
  return clock.format(epochMs)
}

/** A moment in the given time zone, or in the browser's own if the browser does not know that zone. */
export function formatInZone(iso: string, timeZone: string): string {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return messages.unknown
  const shape = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const
  try {
    return new Intl.DateTimeFormat(locale, { weekday: 'short', ...shape, timeZone }).format(at)
  } catch {
    return new Intl.DateTimeFormat(locale, { weekday: 'short', ...shape }).format(at)
  }
}

/** "3 minutes ago" or "in 2 days"; less than a minute is "now". */
export function formatAge(iso: string, now: number): string {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return messages.unknown
  const seconds = Math.round((at - now) / 1000)
  for (const [unit, size, least] of ageUnits) {
    if (Math.abs(seconds) >= size * least) return relative.format(Math.trunc(seconds / size), unit)
  }
  return relative.format(0, 'second')
}
