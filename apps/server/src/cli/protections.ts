// rollcall protect …: the protected list, whose accounts Rollcall never changes.

import { parseInstant, UsageError } from '@rollcall/core'
import type { Command } from 'commander'
import { confirmedShape, coveredShape, protectionShape } from '@rollcall/api'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface AddFlags extends JsonFlag {
  readonly reason: string
  readonly until?: string
  readonly evenIfEmpty?: boolean
}

interface PersonFlags extends JsonFlag {
  readonly remove?: boolean
  readonly reason?: string
}

function endOf(text: string | undefined): number | undefined {
  const end = text === undefined ? undefined : parseInstant(text)
  if (text === undefined || end !== undefined) return end
  throw new UsageError(`"${text}" is not a date such as 2027-01-31.`)
}

const peopleText = (people: readonly ReturnType<typeof confirmedShape>[]): string =>
  people.length === 0
    ? 'No account that looks like a service account is confirmed as a person.'
    : table(
        ['Confirmed as a person', 'Reason', 'By', 'Since'],
        people.map((one) => [one.accountId, one.reason, one.by, one.at]),
      )

/** Adds the commands. */
export function protectionCommands(program: Command, { show, using }: Session): void {
  const protect = program.command('protect').description('The protected list: accounts that Rollcall never changes')
  protect
    .command('add <subject>')
    .description('Protect an account id, group:NAME or email:PATTERN')
    .option(
      '--reason <text>',
      "Why; stored permanently in the audit log, so don't include personal data",
      'no reason given',
    )
    .option('--until <date>', 'The last day of the protection, in every time zone')
    .option('--even-if-empty', 'Protect a group or pattern that covers no account now')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, subject: string, flags: AddFlags) => {
        const { reason, evenIfEmpty } = flags
        const protection = await app.protect({ subject, reason, until: endOf(flags.until), evenIfEmpty }, by)
        show(
          flags,
          protectionShape(protection),
          () => `${protection.subject} is protected. Plans made before can no longer run.`,
        )
      }),
    )
  protect
    .command('remove <subject>')
    .description('Remove an entry from the protected list')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, subject: string, flags: JsonFlag) => {
        await app.unprotect(subject, by)
        show(flags, { removed: subject }, () => `${subject} is no longer on the protected list.`)
      }),
    )
  protect
    .command('person <account>')
    .description('Say that an account which looks like a service account is a person')
    .option('--remove', 'Take that back: the account is protected again')
    .option('--reason <text>', "Why; stored permanently in the audit log, so don't include personal data")
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, account: string, flags: PersonFlags) => {
        if (flags.remove === true) {
          await app.unconfirmPerson(account, flags.reason ?? '', by)
          show(
            flags,
            { removed: account },
            () => `${account} is protected again while it looks like a service account.`,
          )
          return
        }
        const person = await app.confirmPerson(account, flags.reason ?? 'no reason given', by)
        show(
          flags,
          confirmedShape(person),
          () =>
            `${person.accountId} counts as a person: it is no longer protected as a service account. Plans made before can no longer run.`,
        )
      }),
    )
  protect
    .command('people')
    .description('List the accounts that look like service accounts and were confirmed as people')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const people = (await app.confirmedPeople()).map(confirmedShape)
        show(flags, people, () => peopleText(people))
      }),
    )
  protect
    .command('list')
    .description('List the entries of the protected list')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const list = (await app.coveredProtections()).map(coveredShape)
        const people = flags.json === true ? [] : (await app.confirmedPeople()).map(confirmedShape)
        const also = people.length === 0 ? '' : `\n\nNot protected as service accounts:\n${peopleText(people)}`
        const shown = () =>
          list.length === 0
            ? 'The protected list is empty. Rollcall always protects admins and service accounts.'
            : table(
                ['Account, group or email', 'Covers', 'Reason', 'Added by', 'Since', 'Until'],
                list.map((one) => [
                  one.subject,
                  one.covers === 0 ? 'nobody' : String(one.covers ?? ''),
                  one.reason,
                  one.by,
                  one.addedAt,
                  one.until ?? '',
                ]),
              )
        show(flags, list, () => shown() + also)
      }),
    )
}
