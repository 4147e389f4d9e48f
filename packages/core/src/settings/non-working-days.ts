// Non-working days: the weekdays and holidays on which no policy runs by its schedule, unless the schedule includes them.

import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { asReadResult, UsageError } from '../model/errors.js'
import { issuesInWords } from '../model/input-bounds.js'
import type { Ports } from '../ports.js'
import { weekdays, type Schedule } from '../model/schedule.js'
import type { Instant } from '../model/time.js'
import { saveUnchanged } from '../audit/save-unchanged.js'

const setting = 'rest-days'
const mostHolidays = 1000

const unique = <Item>(list: readonly Item[]): readonly Item[] => [...new Set(list)]

/** Weekdays and holidays, sorted, each once. At least one weekday must remain a working day. */
export const nonWorkingDaysSchema = z.strictObject({
  weekdays: z
    .array(z.enum(weekdays))
    .transform((given) => weekdays.filter((one) => given.includes(one)))
    .refine((given) => given.length < weekdays.length, 'must leave at least one working day'),
  holidays: z
    .array(z.iso.date('must be dates such as 2026-12-25'))
    .max(mostHolidays, `must be at most ${mostHolidays} dates`)
    .transform((given) => unique(given).toSorted()),
})
export type NonWorkingDays = z.output<typeof nonWorkingDaysSchema>

/** The non-working days of an organization that has set none. */
export const defaultNonWorkingDays: NonWorkingDays = { weekdays: ['saturday', 'sunday'], holidays: [] }

function parse(text: string): NonWorkingDays | undefined {
  try {
    return nonWorkingDaysSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Reads the non-working days. Throws a `UsageError` when they cannot be read; then no schedule fires. */
export async function readNonWorkingDays({ store }: Pick<Ports, 'store'>): Promise<NonWorkingDays> {
  const text = await store.setting(setting)
  const read = text === undefined ? defaultNonWorkingDays : parse(text)
  if (read !== undefined) return read
  throw new UsageError(
    'Rollcall cannot read the non-working days, so no policy runs on its schedule. Set them again.',
    undefined,
    'set-non-working-days',
  )
}

/** Lists the non-working days. When they cannot be read, it returns the defaults and the reason. */
export async function listNonWorkingDays(ports: Pick<Ports, 'store'>) {
  const read = await asReadResult(readNonWorkingDays(ports))
  if (!('unreadable' in read)) return { ...read, unreadable: null }
  return { ...defaultNonWorkingDays, unreadable: `${read.unreadable} You see the defaults until you do.` }
}
export type ListedNonWorkingDays = Awaited<ReturnType<typeof listNonWorkingDays>>

/** Replaces the non-working days. Logs it first. Throws a `UsageError` for an invalid day, and when somebody else changes them. */
export async function setNonWorkingDays(input: unknown, by: string, ports: Ports): Promise<NonWorkingDays> {
  const { store } = ports
  const read = await store.setting(setting)
  const parsed = nonWorkingDaysSchema.safeParse(input)
  if (!parsed.success) throw new UsageError(issuesInWords(parsed.error.issues))
  const fact = { actor: by, event: 'rest-days-changed' as const, details: { ...parsed.data } }
  const save = () => store.replaceSetting(setting, JSON.stringify(parsed.data), read)
  await saveUnchanged({ what: 'the list of non-working days', fact, save }, ports)
  return parsed.data
}

/** True if a schedule skips a date. A schedule can include weekends, holidays or both. */
export function isNonWorkingDay(
  { weekends, holidays }: Schedule,
  date: Temporal.PlainDate,
  nonWorkingDays: NonWorkingDays,
): boolean {
  const name = weekdays[date.dayOfWeek - 1]
  const weekend = weekends !== true && nonWorkingDays.weekdays.some((one) => one === name)
  return weekend || (holidays !== true && nonWorkingDays.holidays.includes(date.toString()))
}

/** True if a schedule skips the date of an instant, in the time zone of the schedule. */
export const isNonWorkingAt = (schedule: Schedule, at: Instant, nonWorkingDays: NonWorkingDays): boolean =>
  isNonWorkingDay(
    schedule,
    Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(schedule.timeZone).toPlainDate(),
    nonWorkingDays,
  )
