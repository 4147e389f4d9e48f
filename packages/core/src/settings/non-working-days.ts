// Rest days: the weekdays and holidays of an organization on which nothing runs by itself, unless a policy chose so.

import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { asReadResult, UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import { weekdays, type Schedule } from '../model/schedule.js'
import type { Instant } from '../model/time.js'

const setting = 'rest-days'
const mostHolidays = 1000

const unique = <Item>(list: readonly Item[]): readonly Item[] => [...new Set(list)]

/** Weekdays in the order of the week, holidays in the order of the year, each once; one weekday stays for working. */
export const nonWorkingDaysSchema = z.strictObject({
  weekdays: z
    .array(z.enum(weekdays))
    .transform((given) => weekdays.filter((one) => given.includes(one)))
    .refine((given) => given.length < weekdays.length, 'must leave at least one weekday for working'),
  holidays: z
    .array(z.iso.date('must be dates such as 2026-12-25'))
    .max(mostHolidays, `must be at most ${mostHolidays} dates`)
    .transform((given) => unique(given).toSorted()),
})
export type NonWorkingDays = z.output<typeof nonWorkingDaysSchema>

/** What holds until somebody says otherwise. */
export const defaultNonWorkingDays: NonWorkingDays = { weekdays: ['saturday', 'sunday'], holidays: [] }

function parse(text: string): NonWorkingDays | undefined {
  try {
    return nonWorkingDaysSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Reads the organization's rest days; throws a sentence when they cannot be read, and then nothing runs by itself. */
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

/** Lists the rest days for people; where they cannot be read, it says so beside the usual ones, to be set anew. */
export async function listNonWorkingDays(ports: Pick<Ports, 'store'>) {
  const read = await asReadResult(readNonWorkingDays(ports))
  if (!('unreadable' in read)) return { ...read, unreadable: null }
  return { ...defaultNonWorkingDays, unreadable: `${read.unreadable} Until then the usual ones are shown.` }
}
export type ListedNonWorkingDays = Awaited<ReturnType<typeof listNonWorkingDays>>

/** Replaces the organization's rest days; the audit log hears of it first. */
export async function setNonWorkingDays(
  input: unknown,
  by: string,
  { store, auditLog, system }: Ports,
): Promise<NonWorkingDays> {
  const parsed = nonWorkingDaysSchema.safeParse(input)
  if (!parsed.success)
    throw new UsageError(
      parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; '),
    )
  await auditLog.append({ at: system.now(), actor: by, event: 'rest-days-changed', details: { ...parsed.data } })
  await store.putSetting(setting, JSON.stringify(parsed.data))
  return parsed.data
}

/** Says whether a date is one of rest for a schedule, which may have chosen weekends, holidays or both. */
export function isNonWorkingDay(
  { weekends, holidays }: Schedule,
  date: Temporal.PlainDate,
  rest: NonWorkingDays,
): boolean {
  const name = weekdays[date.dayOfWeek - 1]
  const weekend = weekends !== true && rest.weekdays.some((one) => one === name)
  return weekend || (holidays !== true && rest.holidays.includes(date.toString()))
}

/** Says whether an instant falls on a rest day, in the zone of the schedule. */
export const isNonWorkingAt = (schedule: Schedule, at: Instant, rest: NonWorkingDays): boolean =>
  isNonWorkingDay(
    schedule,
    Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(schedule.timeZone).toPlainDate(),
    rest,
  )
