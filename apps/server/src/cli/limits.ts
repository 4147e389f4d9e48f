// rollcall limits …: how much a run may change in this organization.

import { defaultLimits, limitNames, limitTable, UsageError } from '@rollcall/core'
import type { Command } from 'commander'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

/** Reads NAME=VALUE. The app checks the name and the bounds. */
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
    .description('Limits on what a run may change; a policy can set stricter ones for itself')
  limits
    .command('list', { isDefault: true })
    .description('List the limits with their defaults and bounds')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const current = await app.limits()
        show(flags, current, () =>
          table(
            ['Limit', 'Now', 'Default', 'From', 'To', 'Meaning'],
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
    .description('Set limits as NAME=NUMBER; plans made before can no longer run')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, given: readonly string[], flags: JsonFlag) => {
        const current = await app.setLimits(Object.fromEntries(given.map(assignment)), by)
        show(flags, current, () => `Set ${given.join(', ')}. Plans made before can no longer run.`)
      }),
    )
}
