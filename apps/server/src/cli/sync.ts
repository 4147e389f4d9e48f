// rollcall sync, usual, reconcile, licenses: take the roll, say that it is right, also after a backup was restored, and
// see who holds how many seats.

import { reconciledNote, UsageError } from '@rollcall/core'
import type { Command } from 'commander'
import { system } from '@rollcall/node'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface UsualFlags extends JsonFlag {
  readonly snapshot?: string
}

/** Adds the commands. */
export function syncCommands(program: Command, { note, progress, show, using }: Session): void {
  program
    .command('sync')
    .description('read everybody of the organization, a hundred at a time')
    .option('--json')
    .action(
      using(async ({ app, directory }, flags: JsonFlag) => {
        const begun = system.now()
        const bar = progress('Reading accounts')
        const snapshot = await app
          .sync(by, ({ accounts, expected }) => bar.update(accounts, expected))
          .finally(() => bar.stop())
        const { id, asOf = begun, accounts, expected, complete } = snapshot
        const [requests, durationMs] = [directory.requests(), system.now() - begun]
        const result = { snapshotId: id, asOf: new Date(asOf).toISOString(), accounts, complete, requests, durationMs }
        show(
          flags,
          result,
          () => `${accounts} accounts read in ${requests} requests and ${(durationMs / 1000).toFixed(1)} s.`,
        )
        if (!complete)
          note(
            `Atlassian counts ${expected} accounts and listed ${accounts}: the snapshot is incomplete and no plan runs on it. Run "rollcall sync" again.`,
          )
      }),
    )
  program
    .command('usual')
    .description('the share of quiet people in the newest roll is right: later rolls are compared with it')
    .option('--snapshot <id>', 'the roll that you looked at: a newer one is refused')
    .option('--json')
    .action(
      using(async ({ app }, flags: UsualFlags) => {
        const taken = await app.takeAsUsual(by, flags.snapshot)
        if (taken === undefined) throw new UsageError('There is no complete roll yet. Run "rollcall sync" first.')
        const { snapshotId, asOf, accounts, quiet, share } = taken
        const roll = `In the roll of ${asOf} (${snapshotId})`
        const told = `${roll} ${quiet} of ${accounts} accounts (${share} %) are quiet, and that is usual from now on.`
        show(flags, taken, () => told)
      }),
    )
  program
    .command('reconcile')
    .description('after a backup of the database was restored: take the roll, and go on from there')
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const gap = await app.reconcile(by)
        const told = { reconciled: gap !== undefined, lost: gap?.lost ?? null }
        show(flags, told, () => (gap === undefined ? 'The database holds all that Rollcall did.' : reconciledNote(gap)))
      }),
    )
  program
    .command('licenses')
    .description('seats per site and product')
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const licenses = await app.licenses()
        show(flags, licenses, () =>
          table(
            ['Site', 'Product', 'Seats', 'Used', 'Free'],
            licenses.map(({ site, product, capacity, used, available }) => [site, product, capacity, used, available]),
          ),
        )
      }),
    )
}
