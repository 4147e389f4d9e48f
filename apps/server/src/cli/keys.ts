// rollcall keys …: until when the API keys hold, and what they can do.

import type { KeysDescribed } from '@rollcall/core'
import type { Command } from 'commander'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface ExpiryFlags extends JsonFlag {
  readonly read?: string
  readonly act?: string
}

const said = (can: boolean | null): string => (can === null ? 'not known' : can ? 'yes' : 'no')

function shown({ slots, found, checkedAt }: KeysDescribed): string {
  const ends = table(
    ['Key', 'Ends', 'Days left'],
    slots.map(({ what, expires, daysLeft }) => [what, expires, daysLeft]),
  )
  const abilities =
    checkedAt === null
      ? 'What they can do is not known yet: run "rollcall keys check".'
      : `As of ${checkedAt}:\n${table(
          ['Key', 'Can it', '', 'Why not'],
          found.map(({ slot, what, can, why }) => [slot, what, said(can), why ?? '']),
        )}`
  return [ends, abilities, ...slots.flatMap(({ warning }) => warning ?? [])].join('\n\n')
}

/** Text as it was given; "unknown" takes a date back. */
const dateIn = (text: string | undefined) => (text === 'unknown' ? null : text)

/** Adds the commands. */
export function keyCommands(program: Command, { show, using }: Session): void {
  const keys = program.command('keys').description('until when the API keys hold, and what they can do')
  keys
    .command('show', { isDefault: true })
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const described = await app.keys()
        show(flags, described, () => shown(described))
      }),
    )
  keys
    .command('check')
    .description('find out what they can do, by reads that change nothing')
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const described = await app.checkKeys(by)
        show(flags, described, () => shown(described))
      }),
    )
  keys
    .command('expiry')
    .description('say when they end, to be warned 30, 14, 7 days and 1 day before')
    .option('--read <date>', 'the key for reading, such as 2027-01-31, or unknown')
    .option('--act <date>', 'the key for changes, or unknown')
    .option('--json')
    .action(
      using(async ({ app }, { read, act, ...flags }: ExpiryFlags) => {
        const given = { read: dateIn(read), act: dateIn(act) }
        const wanted = Object.fromEntries(Object.entries(given).filter(([, date]) => date !== undefined))
        const described = await app.setKeyExpiry(wanted, by)
        show(flags, described, () => shown(described))
      }),
    )
}
