// Instants are epoch milliseconds, UTC. Durations are written the way policies write them: 90d, 24h, 30m.

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number
/** A length of time in milliseconds. */
export type Duration = number

export const second: Duration = 1000
export const minute: Duration = 60 * second
export const hour: Duration = 60 * minute
export const day: Duration = 24 * hour
/** How old the state of an account may be when its reading is complete. */
export const readingSpan: Duration = 5 * second

const units: Readonly<Record<string, Duration>> = { m: minute, h: hour, d: day, w: 7 * day }

/** Reads `90d`, `24h`, `30m` or `2w`; `undefined` for anything else or for zero. */
export function parseDuration(text: string): Duration | undefined {
  const match = /^(\d{1,5})([mhdw])$/.exec(text)
  const unit = match?.[2] === undefined ? undefined : units[match[2]]
  const length = unit === undefined ? 0 : Number(match?.[1]) * unit
  return length > 0 ? length : undefined
}

const unitNames: Readonly<Record<string, string>> = { m: 'minute', h: 'hour', d: 'day', w: 'week' }

/** Writes a duration for people: `90d` → "90 days". */
export function durationWords(text: string): string {
  const [count, unit] = [Number.parseInt(text), unitNames[text.slice(-1)]]
  return unit === undefined ? text : `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** True for a day that the calendar has: JavaScript reads 31 February as 3 March. */
function isDay(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date)
}

const iso = /^(\d{4}-\d{2}-\d{2})(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$/

/**
 * Reads an ISO 8601 instant (any number of fraction digits) or date; `undefined` when it is neither, and for a day or a
 * time that does not exist.
 */
export function parseInstant(text: string): Instant | undefined {
  const date = iso.exec(text)?.[1]
  if (date === undefined || !isDay(date)) return undefined
  const value = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'))
  return Number.isNaN(value) ? undefined : value
}

/** Writes an instant as ISO 8601 in UTC. */
export const formatInstant = (at: Instant): string => new Date(at).toISOString()

/** Whole hours of a duration, rounded down: what a person reads. */
export const wholeHours = (length: Duration): number => Math.floor(length / hour)

/** Whole days of a duration, rounded down: what a person reads. */
export const wholeDays = (length: Duration): number => Math.floor(length / day)
