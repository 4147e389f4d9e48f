// rollcall veto …: accounts that a person restored, and that are left alone because of it.

import type { Command } from 'commander'
import { vetoShape } from '@rollcall/api'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

/** Adds the commands. */
export function vetoCommands(program: Command, { show, using }: Session): void {
  const veto = program.command('veto').description('accounts that are left alone since a person gave access back')
  veto
    .command('list', { isDefault: true })
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const list = (await app.vetoes()).map(vetoShape)
        show(flags, list, () =>
          list.length === 0
            ? 'There is no veto.'
            : table(
                ['Account', 'What was given back', 'Since', 'Until', 'Times'],
                list.map((one) => [one.accountId, one.action, one.since, one.until ?? 'lifted by hand', one.times]),
              ),
        )
      }),
    )
  veto
    .command('lift <account>')
    .description('the account is judged like everybody again')
    .option('--json')
    .action(
      using(async ({ app }, account: string, flags: JsonFlag) => {
        await app.liftVeto(account, by)
        show(flags, { lifted: account }, () => `${account} is judged like everybody again.`)
      }),
    )
}
