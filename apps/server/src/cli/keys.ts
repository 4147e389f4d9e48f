// rollcall keys …: when the API keys expire, and what they can do.

import { keyExpiryInWords, type KeysDescribed } from '@rollcall/core'
import type { Command } from 'commander'
import { withNextStep } from './next-step.js'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface ExpiryFlags extends JsonFlag {
  readonly read?: string
  readonly act?: string
}

const abilityInWords = (can: boolean | null): string => (can === null ? 'unknown' : can ? 'yes' : 'no')

function inWords({ slots, found, checkedAt }: KeysDescribed): string {
  const ends = table(
    ['Key', 'Expires', 'Days left'],
    slots.map(({ what, expires, daysLeft }) => [what, expires, daysLeft]),
  )
  const abilities =
    checkedAt === null
      ? 'Run "rollcall keys check" to see what the keys can do.'
      : `Checked ${checkedAt}:\n${table(
          ['Key', 'Ability', '', 'Reason'],
          found.map(({ slot, what, can, why }) => [slot, what, abilityInWords(can), why ?? '']),
        )}`
  const warnings = slots.flatMap(({ slot, expires, daysLeft, urgency }) =>
    urgency === null || expires === null || daysLeft === null
      ? []
      : [withNextStep(keyExpiryInWords({ slot, expires, daysLeft }), 'replace-key')],
  )
  return [ends, abilities, ...warnings].join('\n\n')
}

/** Reads a date; "unknown" removes the stored one. */
const dateIn = (text: string | undefined) => (text === 'unknown' ? null : text)

/** Adds the commands. */
export function keyCommands(program: Command, { show, using }: Session): void {
  const keys = program.command('keys').description('When the API keys expire, and what they can do')
  keys
    .command('show', { isDefault: true })
    .description('Show when the keys expire, and what the last check found')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const described = await app.keys()
        show(flags, described, () => inWords(described))
      }),
    )
  keys
    .command('check')
    .description('Check what the keys can do; this changes nothing')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const described = await app.checkKeys(by)
        show(flags, described, () => inWords(described))
      }),
    )
  keys
    .command('expiry')
    .description('Enter when the keys expire; Rollcall warns you 30, 14 and 7 days and 1 day before')
    .option('--read <date>', 'The read API key, such as 2027-01-31, or unknown')
    .option('--act <date>', 'The API key for changes, or unknown')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, { read, act, ...flags }: ExpiryFlags) => {
        const given = { read: dateIn(read), act: dateIn(act) }
        const wanted = Object.fromEntries(Object.entries(given).filter(([, date]) => date !== undefined))
        const described = await app.setKeyExpiry(wanted, by)
        show(flags, described, () => inWords(described))
      }),
    )
}
