// Cron expressions in a time zone: croner computes wall-clock times without a zone, and this file maps them to instants.

import { Cron } from 'croner'
import { Temporal } from 'temporal-polyfill'
import { day, second, type Instant } from './time.js'

/** A wall-clock time in milliseconds, encoded as if its zone were UTC. */
type Wall = number

const epoch = new Date(0)
const read = (pattern: string): Cron => new Cron(pattern, { utcOffset: 0 })

/** True for a cron expression of five fields that matches at least one date. */
export function isCron(text: string): boolean {
  try {
    return text.trim().split(/\s+/).length === 5 && read(text).nextRun(epoch) !== null
  } catch {
    return false
  }
}

const nextWall = (cron: Cron, after: Wall): Wall | undefined => cron.nextRun(new Date(after))?.getTime()
const wallUpTo = (cron: Cron, at: Wall): Wall | undefined => cron.previousRuns(1, new Date(at + 1))[0]?.getTime()

const offsetAt = (at: Instant, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000

/** Finds the transition between two instants: the first instant with the offset of `to`. */
function transitionBetween(from: Instant, to: Instant, zone: string): Instant {
  const offset = offsetAt(to, zone)
  let [low, high] = [Math.floor(from / second), Math.ceil(to / second)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * second, zone) === offset) high = middle
    else low = middle
  }
  return high * second
}

/** A wildcard or a step in minutes or hours makes a pattern an interval; any other has fixed times. */
const isFixed = (pattern: string): boolean => !/[*?/]/.test(pattern.trim().split(/\s+/).slice(0, 2).join(' '))

/** A fixed time fires once a day: the first time when the clock goes back, right after the gap when the clock skips it. */
function momentOf(wall: Wall, zone: string): Instant {
  const local = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime()
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' })
  return transitionBetween(earlier.epochMilliseconds, later.epochMilliseconds, zone)
}

function nextFixed(cron: Cron, zone: string, after: Instant): Instant | undefined {
  let wall = nextWall(cron, after + offsetAt(after, zone))
  while (wall !== undefined && momentOf(wall, zone) <= after) wall = nextWall(cron, wall)
  return wall === undefined ? undefined : momentOf(wall, zone)
}

function fixedUpTo(cron: Cron, zone: string, at: Instant): Instant | undefined {
  // During a repeated hour, the wall clock has already shown the later times of that hour.
  const shown = at + Math.max(offsetAt(at, zone), offsetAt(at - day, zone))
  let wall = wallUpTo(cron, shown)
  while (wall !== undefined && momentOf(wall, zone) > at) wall = wallUpTo(cron, wall - 1)
  return wall === undefined ? undefined : momentOf(wall, zone)
}

/** Intervals follow the wall clock: they fire in no skipped hour, and twice in a repeated one. */
function nextInterval(cron: Cron, zone: string, after: Instant): Instant | undefined {
  for (let from = after + 1; ;) {
    const offset = offsetAt(from, zone)
    const transition = offsetAt(from + day, zone) !== offset
    const end = transition ? transitionBetween(from, from + day, zone) : from + day
    const wall = nextWall(cron, from + offset - 1)
    if (wall === undefined || wall - offset < end) return wall === undefined ? undefined : wall - offset
    // Nothing fires before that wall time. Two days are more than all transitions on the way can shift it.
    from = transition ? end : Math.max(end, wall - 2 * day)
  }
}

function intervalUpTo(cron: Cron, zone: string, at: Instant): Instant | undefined {
  for (let to = at; ;) {
    const offset = offsetAt(to, zone)
    const transition = offsetAt(to - day, zone) !== offset
    const start = transition ? transitionBetween(to - day, to, zone) : to - day
    const wall = wallUpTo(cron, to + offset)
    if (wall === undefined || wall - offset >= start) return wall === undefined ? undefined : wall - offset
    to = transition ? start - 1 : Math.min(start, wall + 2 * day)
  }
}

/** The next occurrence of a cron expression in a zone, strictly after an instant; undefined when there is none. */
export function nextOfCron(pattern: string, zone: string, after: Instant): Instant | undefined {
  const cron = read(pattern)
  return isFixed(pattern) ? nextFixed(cron, zone, after) : nextInterval(cron, zone, after)
}

/** The newest occurrence of a cron expression in a zone, at or before an instant; undefined when there was none. */
export function cronUpTo(pattern: string, zone: string, at: Instant): Instant | undefined {
  const cron = read(pattern)
  return isFixed(pattern) ? fixedUpTo(cron, zone, at) : intervalUpTo(cron, zone, at)
}
