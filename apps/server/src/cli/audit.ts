// rollcall audit …, forget: exports, verifies and signs the audit log, and erases a person from it.

import { type ErasedPerson, UsageError } from '@rollcall/core'
import type { Command } from 'commander'
import { exportFormats, readCheckpoints, verifyExport, type ExportVerification } from '../audit-export.js'
import { system } from '@rollcall/node'
import type { JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface VerifyFlags extends JsonFlag {
  readonly checkpoints?: string
}
interface ForgetFlags extends JsonFlag {
  readonly email?: string
}

/** Reports what Rollcall erased, and what the admin still has to do. */
function erasureInWords(account: string, { entries, chained, protections, policies, filters }: ErasedPerson): string {
  const places = { 'the protected list': protections, 'cleanup policies': policies, 'saved filters': filters }
  const left = Object.entries(places).filter(([, names]) => names.length > 0)
  return [
    `Erased the name and email address of ${account}, also from ${entries} audit entries.`,
    ...left.map(([where, names]) => `Still in ${where}: ${names.join(', ')}`),
    ...(left.length === 0
      ? []
      : [`Remove what you no longer need there, then run "rollcall forget ${account} --email ADDRESS" again.`]),
    ...(chained === 0
      ? []
      : [
          `Still in the text of ${chained} audit entries, for example as a reason that somebody entered. Nobody can change chained entries.`,
        ]),
  ].join('\n')
}

/** Adds the commands. */
export function auditCommands(program: Command, { file, note, print, show, using }: Session): void {
  const audit = program.command('audit').description('The audit log')
  audit
    .command('export')
    .description('Print the audit log')
    .option('--format <format>', Object.keys(exportFormats).join(', '), 'jsonl')
    .action(
      using(async ({ app }, { format }: { format: string }) => {
        const writer = exportFormats[format]
        if (writer === undefined)
          throw new UsageError(`"${format}" is not a format; known are ${Object.keys(exportFormats).join(', ')}.`)
        print(writer.head)
        let last = 0
        for await (const entry of app.audit()) {
          print(writer.line(entry))
          last = entry.index
        }
        // A checkpoint from during the export may refer to an entry after its end.
        for (const one of await app.checkpoints()) if (one.index <= last) print(writer.checkpoint(one))
      }),
    )
  audit
    .command('verify [file]')
    .description('Verify the audit log in the database, or an export in JSON Lines')
    .option('--checkpoints <file>', 'Checkpoints that you kept elsewhere, one per line')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, exported: string | undefined, flags: VerifyFlags) => {
        const kept = flags.checkpoints === undefined ? [] : readCheckpoints(file(flags.checkpoints))
        // Without an audit log in the database, only the export itself is verified.
        const alone = exported !== undefined && (await app.auditHead()) === undefined
        const own = await app.verifyAudit(alone ? [] : kept)
        const verified: ExportVerification =
          exported === undefined || !own.ok ? own : await verifyExport(file(exported), app, system, kept)
        show(flags, verified, () =>
          verified.ok ? `The audit log verifies: ${verified.entries} entries.` : 'The audit log does not verify.',
        )
        if (!verified.ok) note(verified.message)
        if (verified.warning !== undefined) note(verified.warning)
        return verified.ok ? 0 : 1
      }),
    )
  audit
    .command('checkpoint')
    .description('Sign the newest entry and print the checkpoint; keep it somewhere else')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const made = await app.checkpoint()
        show(flags, made ?? null, () => (made === undefined ? 'The audit log is empty.' : JSON.stringify(made)))
      }),
    )
  audit
    .command('checkpoints')
    .description('Print all checkpoints, one per line')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const all = await app.checkpoints()
        show(flags, all, () => all.map((one) => JSON.stringify(one)).join('\n'))
      }),
    )
  audit
    .command('retention [days]')
    .description('Show or set for how many days Rollcall keeps the audit log')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, wanted: string | undefined, flags: JsonFlag) => {
        const days = wanted === undefined ? await app.retention() : await app.setRetention(Number(wanted), by)
        show(flags, { days }, () => `Rollcall keeps the audit log for ${days} days.`)
      }),
    )
  program
    .command('forget <account>')
    .description('Erase the name and email address of a person; audit entries keep the account id')
    .option('--email <address>', 'Another address that the account had')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, account: string, flags: ForgetFlags) => {
        const erased = await app.erasePerson(account, by, flags.email)
        show(flags, { account, ...erased }, () => erasureInWords(account, erased))
      }),
    )
}
