// rollcall limits …: how far a run may go in this organization.

import { defaultLimits, limitNames, limitTable, UsageError } from '@rollcall/core'
import type { Command } from 'commander'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

/** Reads NAME=VALUE; whether the name is known and the value within its bounds is for the app to say. */
function assignment(text: string): readonly [string, number] {
  const [, name, value] = /^([a-zA-Z]+)=(.+)$/.exec(text) ?? []
  const number = Number(value)
  if (name !== undefined && !Number.isNaN(number)) return [name, number]
  throw new UsageError(`"${text}" is not a limit. Give NAME=NUMBER, such as percent=3.`)
}

/** Adds the commands. */
export function limitCommands(program: Command, { show, using }: Session): void {
  const limits = program
    .command('limits')
    .description('how far a run may go; a policy may set its own, within the bounds')
  limits
    .command('list', { isDefault: true })
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const current = await app.limits()
        show(flags, current, () =>
          table(
            ['Limit', 'Now', 'Default', 'From', 'To', 'What it limits'],
            limitNames.map((name) => {
              const { least, most, what } = limitTable[name]
              return [name, current[name], defaultLimits[name], least, most, what]
            }),
          ),
        )
      }),
    )
  limits
    .command('set <limits...>')
    .description('NAME=NUMBER …; plans made before this are refused')
    .option('--json')
    .action(
      using(async ({ app }, given: readonly string[], flags: JsonFlag) => {
        const current = await app.setLimits(Object.fromEntries(given.map(assignment)), by)
        show(flags, current, () => `${given.join(', ')}. Plans made before this are refused.`)
      }),
    )
}
