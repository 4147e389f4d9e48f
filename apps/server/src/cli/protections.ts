// rollcall protect …: who is never acted on.

import { parseInstant, UsageError } from '@rollcall/core'
import type { Command } from 'commander'
import { protectionShape } from '@rollcall/api'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface AddFlags extends JsonFlag {
  readonly reason: string
  readonly until?: string
}

function endOf(text: string | undefined): number | undefined {
  const end = text === undefined ? undefined : parseInstant(text)
  if (text === undefined || end !== undefined) return end
  throw new UsageError(`"${text}" is not a date such as 2027-01-31.`)
}

/** Adds the commands. */
export function protectionCommands(program: Command, { show, using }: Session): void {
  const protect = program.command('protect').description('the protected list: who is never acted on')
  protect
    .command('add <subject>')
    .description('an account id, group:NAME or email:PATTERN')
    .option('--reason <text>', 'why; it stays in the audit log for good: name nobody', 'no reason given')
    .option('--until <date>', 'the last day')
    .option('--json')
    .action(
      using(async ({ app }, subject: string, flags: AddFlags) => {
        const protection = await app.protect({ subject, reason: flags.reason, until: endOf(flags.until) }, by)
        show(
          flags,
          protectionShape(protection),
          () => `${protection.subject} is protected. Plans made before this are refused.`,
        )
      }),
    )
  protect
    .command('remove <subject>')
    .option('--json')
    .action(
      using(async ({ app }, subject: string, flags: JsonFlag) => {
        await app.unprotect(subject, by)
        show(flags, { removed: subject }, () => `${subject} is no longer on the protected list.`)
      }),
    )
  protect
    .command('list')
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const list = (await app.protections()).map(protectionShape)
        show(flags, list, () =>
          list.length === 0
            ? 'The protected list is empty. Admins and service accounts are protected without it.'
            : table(
                ['Who', 'Reason', 'By', 'Since', 'Until'],
                list.map((one) => [one.subject, one.reason, one.by, one.addedAt, one.until ?? '']),
              ),
        )
      }),
    )
}
