// Cron: croner reads the pattern on a clock without zones; which moments those times are is decided here, once.

import { Cron } from 'croner'
import { Temporal } from 'temporal-polyfill'
import { day, second, type Instant } from './time.js'

/** What a clock on the wall shows, as if it hung in UTC. */
type Wall = number

const epoch = new Date(0)
const read = (pattern: string): Cron => new Cron(pattern, { utcOffset: 0 })

/** Says whether a text is a cron expression of five fields that comes true some day. */
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

/** The first moment of the offset that holds at `to`, which another one held at `from`. */
function turnBetween(from: Instant, to: Instant, zone: string): Instant {
  const offset = offsetAt(to, zone)
  let [low, high] = [Math.floor(from / second), Math.ceil(to / second)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * second, zone) === offset) high = middle
    else low = middle
  }
  return high * second
}

/** Fixed times name their minutes and hours; with a wildcard or a step they are intervals. */
const isFixed = (pattern: string): boolean => !/[*?/]/.test(pattern.trim().split(/\s+/).slice(0, 2).join(' '))

/** A fixed time comes once a day: at its first pass where the clock goes back, right after the gap where it does not exist. */
function momentOf(wall: Wall, zone: string): Instant {
  const local = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime()
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' })
  return turnBetween(earlier.epochMilliseconds, later.epochMilliseconds, zone)
}

function nextFixed(cron: Cron, zone: string, after: Instant): Instant | undefined {
  let wall = nextWall(cron, after + offsetAt(after, zone))
  while (wall !== undefined && momentOf(wall, zone) <= after) wall = nextWall(cron, wall)
  return wall === undefined ? undefined : momentOf(wall, zone)
}

function fixedUpTo(cron: Cron, zone: string, at: Instant): Instant | undefined {
  // While an hour is repeated, the clock has already shown what comes behind it.
  const shown = at + Math.max(offsetAt(at, zone), offsetAt(at - day, zone))
  let wall = wallUpTo(cron, shown)
  while (wall !== undefined && momentOf(wall, zone) > at) wall = wallUpTo(cron, wall - 1)
  return wall === undefined ? undefined : momentOf(wall, zone)
}

/** Intervals follow the clock as it runs: skipped hours have none, repeated hours have them twice. */
function nextInterval(cron: Cron, zone: string, after: Instant): Instant | undefined {
  for (let from = after + 1; ;) {
    const offset = offsetAt(from, zone)
    const turns = offsetAt(from + day, zone) !== offset
    const end = turns ? turnBetween(from, from + day, zone) : from + day
    const wall = nextWall(cron, from + offset - 1)
    if (wall === undefined || wall - offset < end) return wall === undefined ? undefined : wall - offset
    // Nothing is shown before that wall time, however the clock turns in between; but it may be shown elsewhen.
    from = turns ? end : Math.max(end, wall - 2 * day)
  }
}

function intervalUpTo(cron: Cron, zone: string, at: Instant): Instant | undefined {
  for (let to = at; ;) {
    const offset = offsetAt(to, zone)
    const turns = offsetAt(to - day, zone) !== offset
    const start = turns ? turnBetween(to - day, to, zone) : to - day
    const wall = wallUpTo(cron, to + offset)
    if (wall === undefined || wall - offset >= start) return wall === undefined ? undefined : wall - offset
    to = turns ? start - 1 : Math.min(start, wall + 2 * day)
  }
}

/** The next moment of a cron expression in a zone, strictly after an instant. */
export function nextOfCron(pattern: string, zone: string, after: Instant): Instant | undefined {
  const cron = read(pattern)
  return isFixed(pattern) ? nextFixed(cron, zone, after) : nextInterval(cron, zone, after)
}

/** The newest moment of a cron expression in a zone, at or before an instant. */
export function cronUpTo(pattern: string, zone: string, at: Instant): Instant | undefined {
  const cron = read(pattern)
  return isFixed(pattern) ? fixedUpTo(cron, zone, at) : intervalUpTo(cron, zone, at)
}
