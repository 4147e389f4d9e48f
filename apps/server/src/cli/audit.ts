// rollcall audit …: the log as a file, and the proof that nothing in it was altered.

import { type Forgotten, UsageError } from '@rollcall/core'
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

/** What was erased, and what is left for a person to do. */
function toldOfForgotten(account: string, { entries, chained, protections, policies, filters }: Forgotten): string {
  const held = { 'the protected list': protections, 'cleanup policies': policies, 'saved filters': filters }
  const left = Object.entries(held).filter(([, names]) => names.length > 0)
  return [
    `Name and e-mail of ${account} are erased, beside ${entries} audit entries too.`,
    ...left.map(([where, names]) => `Still in ${where}: ${names.join(', ')}`),
    ...(left.length === 0
      ? []
      : [`Remove there what nobody needs, then run "rollcall forget ${account} --email ADDRESS" once more.`]),
    ...(chained === 0
      ? []
      : [`Still in the text of ${chained} audit entries, such as a typed reason: they are chained, and stay.`]),
  ].join('\n')
}

/** Adds the commands. */
export function auditCommands(program: Command, { file, note, print, show, using }: Session): void {
  const audit = program.command('audit').description('the audit log')
  audit
    .command('export')
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
        // One that was signed in the meantime is about an entry that is not part of this export.
        for (const one of await app.checkpoints()) if (one.index <= last) print(writer.checkpoint(one))
      }),
    )
  audit
    .command('verify [file]')
    .description('recompute the chain of the database, or of an export made with --format jsonl')
    .option('--checkpoints <file>', 'checkpoints that were kept elsewhere, one a line')
    .option('--json')
    .action(
      using(async ({ app }, exported: string | undefined, flags: VerifyFlags) => {
        const kept = flags.checkpoints === undefined ? [] : readCheckpoints(file(flags.checkpoints))
        // Where there is no log of our own, an export is verified by itself.
        const alone = exported !== undefined && (await app.auditHead()) === undefined
        const own = await app.verifyAudit(alone ? [] : kept)
        const verified: ExportVerification =
          exported === undefined || !own.ok ? own : await verifyExport(file(exported), app, system, kept)
        show(flags, verified, () =>
          verified.ok
            ? `${verified.entries} entries, and every one fits the one before.`
            : 'The audit log does not verify.',
        )
        if (!verified.ok) note(verified.message)
        if (verified.warning !== undefined) note(verified.warning)
        return verified.ok ? 0 : 1
      }),
    )
  audit
    .command('checkpoint')
    .description('sign the newest entry; keep the line somewhere else')
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const made = await app.checkpoint()
        show(flags, made ?? null, () => (made === undefined ? 'The audit log is empty.' : JSON.stringify(made)))
      }),
    )
  audit
    .command('checkpoints')
    .description('all checkpoints, one a line')
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const all = await app.checkpoints()
        show(flags, all, () => all.map((one) => JSON.stringify(one)).join('\n'))
      }),
    )
  audit
    .command('retention [days]')
    .description('how many days the log is kept')
    .option('--json')
    .action(
      using(async ({ app }, wanted: string | undefined, flags: JsonFlag) => {
        const days = wanted === undefined ? await app.retention() : await app.setRetention(Number(wanted), by)
        show(flags, { days }, () => `The audit log is kept for ${days} days.`)
      }),
    )
  program
    .command('forget <account>')
    .description('erase the name and e-mail of a person; what was done stays, by account id')
    .option('--email <address>', 'an address that the account had besides')
    .option('--json')
    .action(
      using(async ({ app }, account: string, flags: ForgetFlags) => {
        const forgotten = await app.forget(account, by, flags.email)
        show(flags, { account, ...forgotten }, () => toldOfForgotten(account, forgotten))
      }),
    )
}
