// rollcall audit …: the log as a file, and the proof that nothing in it was altered.

import { UsageError } from '@rollcall/core'
import type { Command } from 'commander'
import { exportFormats, verifyExport } from '../audit-export.js'
import { system } from '../connect.js'
import { note, show, type JsonFlag } from './output.js'
import { using } from './session.js'

/** Adds the commands. */
export function auditCommands(program: Command): void {
  const audit = program.command('audit').description('the audit log')
  audit
    .command('export')
    .option('--format <format>', Object.keys(exportFormats).join(', '), 'jsonl')
    .action(
      using(async ({ app }, { format }: { format: string }) => {
        const writer = exportFormats[format]
        if (writer === undefined)
          throw new UsageError(`"${format}" is not a format; known are ${Object.keys(exportFormats).join(', ')}.`)
        process.stdout.write(writer.head)
        for await (const entry of app.audit()) process.stdout.write(writer.line(entry))
      }),
    )
  audit
    .command('verify [file]')
    .description('recompute the chain of the database, or of an export made with --format jsonl')
    .option('--json')
    .action(
      using(async ({ app }, file: string | undefined, flags: JsonFlag) => {
        const own = await app.verifyAudit()
        const verified = file === undefined || !own.ok ? own : await verifyExport(file, app, system)
        show(flags, verified, () =>
          verified.ok
            ? `${verified.entries} entries, and every one fits the one before.`
            : 'The audit log does not verify.',
        )
        if (!verified.ok) note(verified.message)
        return verified.ok ? 0 : 1
      }),
    )
}
