// rollcall sync, accept-baseline, reconcile, licenses: reads the organization into a snapshot, and reports from it.

import { placeName, reconciledNote, unknownData, UsageError } from '@rollcall/core'
import type { Command } from 'commander'
import { system } from '@rollcall/node'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface BaselineFlags extends JsonFlag {
  readonly snapshot?: string
}

/** Adds the commands. */
export function syncCommands(program: Command, { note, progress, show, using }: Session): void {
  program
    .command('sync')
    .description('Read all accounts of the organization into a new snapshot')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app, directory }, flags: JsonFlag) => {
        const started = system.now()
        const bar = progress('Reading accounts')
        const snapshot = await app
          .sync(by, ({ accounts, expected }) => bar.update(accounts, expected))
          .finally(() => bar.stop())
        const { id, asOf = started, accounts, expected, complete, unreadableAccounts = 0 } = snapshot
        const [requests, durationMs] = [directory.requests(), system.now() - started]
        const result = {
          snapshotId: id,
          asOf: new Date(asOf).toISOString(),
          accounts,
          complete,
          unreadableAccounts,
          requests,
          durationMs,
        }
        show(
          flags,
          result,
          () => `Synced ${accounts} accounts with ${requests} requests in ${(durationMs / 1000).toFixed(1)} s.`,
        )
        for (const unknown of unknownData(snapshot)) note(unknown)
        if (!complete)
          note(
            `Atlassian counts ${expected} accounts but listed ${accounts}. The snapshot is incomplete, so no plan can run on it. Run "rollcall sync" again.`,
          )
      }),
    )
  program
    .command('accept-baseline')
    .alias('usual')
    .description('Accept the percentage of inactive accounts in the newest snapshot as the baseline for later syncs')
    .option('--snapshot <id>', 'The snapshot that you checked; the command fails if a newer one exists')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: BaselineFlags) => {
        const accepted = await app.acceptBaseline(by, flags.snapshot)
        if (accepted === undefined)
          throw new UsageError('There is no complete snapshot yet. Run "rollcall sync" first.')
        const { snapshotId, asOf, accounts, quiet, share } = accepted
        show(
          flags,
          accepted,
          () =>
            `Accepted the new baseline: ${quiet} of ${accounts} accounts (${share} %) are inactive in the snapshot of ${asOf} (${snapshotId}).`,
        )
      }),
    )
  program
    .command('reconcile')
    .description('Sync after you restored a backup of the database, so that runs can continue')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const gap = await app.reconcile(by)
        const result = { reconciled: gap !== undefined, lost: gap?.lost ?? null }
        show(flags, result, () =>
          gap === undefined ? 'Nothing to reconcile: the database is complete.' : reconciledNote(gap),
        )
      }),
    )
  program
    .command('licenses')
    .description('Show the seats of each product')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const licenses = await app.licenses()
        show(flags, licenses, () =>
          table(
            ['Product', 'Seats', 'Used', 'Available'],
            licenses.map(({ site, product, capacity, used, available }) => [
              placeName(site, product),
              capacity,
              used,
              available,
            ]),
          ),
        )
      }),
    )
}
