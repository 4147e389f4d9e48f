// Occurrences: when a policy with automatic approval runs. An occurrence on a non-working day waits for the next working day.

import { Temporal } from 'temporal-polyfill'
import { isNonWorkingDay, type NonWorkingDays } from '../settings/non-working-days.js'
import { nextOccurrence, previousOccurrence, type Schedule } from '../model/schedule.js'
import type { Instant } from '../model/time.js'

/** When a policy runs, and for which occurrence: the same instant, unless the occurrence fell on a non-working day. */
export interface RunTime {
  readonly at: Instant
  readonly occurrence: Instant
}

const zoned = (at: Instant, { timeZone }: Schedule): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
const dateOf = (at: Instant, schedule: Schedule): Temporal.PlainDate => zoned(at, schedule).toPlainDate()
const startOf = (date: Temporal.PlainDate, { timeZone }: Schedule): Temporal.ZonedDateTime =>
  date.toZonedDateTime({ timeZone })
const isNonWorking = (at: Instant, schedule: Schedule, nonWorkingDays: NonWorkingDays): boolean =>
  isNonWorkingDay(schedule, dateOf(at, schedule), nonWorkingDays)

/** The first working day after a non-working day. At least one weekday is one, and holidays are finite. A zone may skip a date. */
function workingDayAfter(at: Instant, schedule: Schedule, nonWorkingDays: NonWorkingDays): Temporal.PlainDate {
  let date = dateOf(at, schedule)
  const missing = () => !startOf(date, schedule).toPlainDate().equals(date)
  do date = date.add({ days: 1 })
  while (isNonWorkingDay(schedule, date, nonWorkingDays) || missing())
  return date
}

/** The schedule's own first occurrence on a date. */
function firstOn(date: Temporal.PlainDate, schedule: Schedule): Instant | undefined {
  const end = startOf(date.add({ days: 1 }), schedule).epochMilliseconds
  let occurrence = nextOccurrence(schedule, startOf(date, schedule).epochMilliseconds - 1)
  // Where a date begins twice, the evening before comes twice as well.
  while (occurrence !== undefined && occurrence < end && !dateOf(occurrence, schedule).equals(date))
    occurrence = nextOccurrence(schedule, occurrence)
  return occurrence !== undefined && occurrence < end ? occurrence : undefined
}

/** The same local time on another date; where it does not exist there, the nearest one on that date. */
function sameTimeOn(date: Temporal.PlainDate, at: Instant, schedule: Schedule): Instant {
  const local = date.toPlainDateTime(zoned(at, schedule).toPlainTime())
  const moved = local.toZonedDateTime(schedule.timeZone)
  const onDate = moved.toPlainDate().equals(date)
  return (onDate ? moved : local.toZonedDateTime(schedule.timeZone, { disambiguation: 'earlier' })).epochMilliseconds
}

/** Replaces an occurrence on a non-working day by the first one of the next working day, or moves the newest one to that day. */
function insteadOf(occurrence: Instant, schedule: Schedule, nonWorkingDays: NonWorkingDays): RunTime {
  const date = workingDayAfter(occurrence, schedule, nonWorkingDays)
  const own = firstOn(date, schedule)
  if (own !== undefined) return { at: own, occurrence: own }
  const newest = previousOccurrence(schedule, startOf(date, schedule).epochMilliseconds - 1) ?? occurrence
  return { at: sameTimeOn(date, newest, schedule), occurrence: newest }
}

/** The last instant before the non-working days in a row that an occurrence falls on. */
function beforeNonWorkingDays(at: Instant, schedule: Schedule, nonWorkingDays: NonWorkingDays): Instant {
  let date = dateOf(at, schedule)
  while (isNonWorkingDay(schedule, date.subtract({ days: 1 }), nonWorkingDays)) date = date.subtract({ days: 1 })
  return startOf(date, schedule).epochMilliseconds - 1
}

/** The next time that a policy runs, strictly after an instant; undefined when there is none. */
export function nextRunTime(schedule: Schedule, after: Instant, nonWorkingDays: NonWorkingDays): RunTime | undefined {
  const previous = previousOccurrence(schedule, after)
  if (previous !== undefined && isNonWorking(previous, schedule, nonWorkingDays)) {
    const waiting = insteadOf(previous, schedule, nonWorkingDays)
    if (waiting.at > after) return waiting
  }
  const next = nextOccurrence(schedule, after)
  if (next === undefined) return undefined
  return isNonWorking(next, schedule, nonWorkingDays)
    ? insteadOf(next, schedule, nonWorkingDays)
    : { at: next, occurrence: next }
}

/** The newest time at or before an instant at which a policy should have run; undefined when there is none. */
export function previousRunTime(schedule: Schedule, at: Instant, nonWorkingDays: NonWorkingDays): RunTime | undefined {
  let occurrence = previousOccurrence(schedule, at)
  while (occurrence !== undefined && isNonWorking(occurrence, schedule, nonWorkingDays)) {
    const instead = insteadOf(occurrence, schedule, nonWorkingDays)
    if (instead.at <= at) return instead
    occurrence = previousOccurrence(schedule, beforeNonWorkingDays(occurrence, schedule, nonWorkingDays))
  }
  return occurrence === undefined ? undefined : { at: occurrence, occurrence }
}
