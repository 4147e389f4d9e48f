// rollcall exemptions …: accounts that no policy changes for a while because a person restored their access.

import type { Command } from 'commander'
import { vetoShape } from '@rollcall/api'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

/** Adds the commands. */
export function exemptionCommands(program: Command, { show, using }: Session): void {
  const exemptions = program
    .command('exemptions')
    .alias('veto')
    .description('Accounts that no policy changes because a person restored their access')
  exemptions
    .command('list', { isDefault: true })
    .description('List the exempt accounts')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const list = (await app.vetoes()).map(vetoShape)
        show(flags, list, () =>
          list.length === 0
            ? 'No account is exempt.'
            : table(
                ['Account', 'Reversed action', 'Since', 'Exempt until', 'Times restored'],
                list.map((one) => [one.accountId, one.action, one.since, one.until ?? 'you end it', one.times]),
              ),
        )
      }),
    )
  exemptions
    .command('end <account>')
    .alias('lift')
    .description('End the exemption of an account')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, account: string, flags: JsonFlag) => {
        await app.liftVeto(account, by)
        show(flags, { lifted: account }, () => `${account} is no longer exempt. Policies apply to it again.`)
      }),
    )
}
