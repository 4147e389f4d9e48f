// rollcall non-working-days …: the days on which no policy runs by its schedule.

import type { NonWorkingDays } from '@rollcall/core'
import type { Command } from 'commander'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface SetFlags extends JsonFlag {
  readonly weekdays?: string
  readonly holidays?: string
}

const listOf = (text: string): readonly string[] =>
  text.trim().toLowerCase() === 'none' ? [] : text.split(',').map((one) => one.trim().toLowerCase())

const inWords = ({ weekdays, holidays }: NonWorkingDays): string =>
  table(
    ['Non-working days', ''],
    [
      ['Weekdays', weekdays.join(', ') || 'none'],
      ['Holidays', holidays.join(', ') || 'none'],
    ],
  )

/** Adds the commands. */
export function nonWorkingDayCommands(program: Command, { show, using }: Session): void {
  const days = program
    .command('non-working-days')
    .alias('rest-days')
    .description('Show the weekdays and holidays on which no policy runs by its schedule')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const current = await app.nonWorkingDays()
        show(flags, current, () => inWords(current))
      }),
    )
  days
    .command('set')
    .description('Set the weekdays, the holidays, or both')
    .option('--weekdays <list>', 'Such as saturday,sunday, or none')
    .option('--holidays <list>', 'Such as 2026-12-25,2026-12-26, or none')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, own: SetFlags, command: Command) => {
        const { weekdays, holidays, json } = { ...own, ...command.optsWithGlobals<SetFlags>() }
        const given = {
          ...(weekdays === undefined ? {} : { weekdays: listOf(weekdays) }),
          ...(holidays === undefined ? {} : { holidays: listOf(holidays) }),
        }
        // With both given, nothing stored is needed: this repairs a stored value that cannot be read.
        const whole = weekdays !== undefined && holidays !== undefined
        const current = await app.setNonWorkingDays(whole ? given : { ...(await app.nonWorkingDays()), ...given }, by)
        show(json === undefined ? {} : { json }, current, () => inWords(current))
      }),
    )
}
