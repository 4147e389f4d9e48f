// rollcall rest-days …: the days on which nothing runs by itself.

import type { RestDays } from '@rollcall/core'
import type { Command } from 'commander'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface SetFlags extends JsonFlag {
  readonly weekdays?: string
  readonly holidays?: string
}

const listOf = (text: string): readonly string[] =>
  text.trim().toLowerCase() === 'none' ? [] : text.split(',').map((one) => one.trim().toLowerCase())

const shown = ({ weekdays, holidays }: RestDays): string =>
  table(
    ['Rest days', ''],
    [
      ['weekdays', weekdays.join(', ') || 'none'],
      ['holidays', holidays.join(', ') || 'none'],
    ],
  )

/** Adds the commands. */
export function restDayCommands(program: Command, { show, using }: Session): void {
  const restDays = program
    .command('rest-days')
    .description('the weekdays and holidays on which no policy runs by itself')
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const rest = await app.restDays()
        show(flags, rest, () => shown(rest))
      }),
    )
  restDays
    .command('set')
    .description('what is not given stays as it is')
    .option('--weekdays <list>', 'such as saturday,sunday, or none')
    .option('--holidays <list>', 'such as 2026-12-25,2026-12-26, or none')
    .option('--json')
    .action(
      using(async ({ app }, own: SetFlags, command: Command) => {
        const { weekdays, holidays, json } = { ...own, ...command.optsWithGlobals<SetFlags>() }
        const given = {
          ...(weekdays === undefined ? {} : { weekdays: listOf(weekdays) }),
          ...(holidays === undefined ? {} : { holidays: listOf(holidays) }),
        }
        const whole = weekdays !== undefined && holidays !== undefined
        const rest = await app.setRestDays(whole ? given : { ...(await app.restDays()), ...given }, by)
        show(json === undefined ? {} : { json }, rest, () => shown(rest))
      }),
    )
}
