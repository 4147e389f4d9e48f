// The command line: translates words into the app's operations, and their results into JSON or lines.

import { UsageError, refusalCodes, type RefusalCode } from '@rollcall/core'
import { Command, CommanderError } from 'commander'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { verifyExport } from './audit-export.js'
import { connect, system, type Connection } from './connect.js'
import { explain } from './exit-codes.js'
import { readPolicyFile, writePolicy } from './policy-file.js'
import { readSettings } from './settings.js'
import { serve } from './serve.js'
import { planShape } from './shapes.js'

const by = process.env['USER'] ?? 'cli'
const forEver = { until: Number.MAX_SAFE_INTEGER }
const print = (value: unknown) => console.log(JSON.stringify(value, null, 2))
const note = (line: string) => process.stderr.write(`${line}\n`)

/** Runs a command with a connection; its number is the exit code. */
const using =
  <Args extends unknown[]>(act: (connection: Connection, ...args: Args) => Promise<number | void>) =>
  async (...args: Args) => {
    const connection = await connect(readSettings(process.env))
    try {
      process.exitCode = (await act(connection, ...args)) ?? 0
    } finally {
      await connection.close()
    }
  }

const program = new Command('rollcall').description('Automated user management for Jira Cloud').exitOverride()
program.configureOutput({ writeErr: (text) => process.stderr.write(text) })

program
  .command('sync')
  .option('--json')
  .action(
    using(async ({ app, directory }) => {
      const begun = system.now()
      const snapshot = await app.sync(by, ({ accounts, expected }) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${accounts} of ${expected} accounts`)
      })
      const { id, asOf = begun, accounts, complete } = snapshot
      const [requests, durationMs] = [directory.requests(), system.now() - begun]
      print({ snapshotId: id, asOf: new Date(asOf).toISOString(), accounts, complete, requests, durationMs })
    }),
  )

interface AccountFlags {
  search?: string
  status?: 'active' | 'suspended' | 'deactivated'
  managed?: true
  unmanaged?: true
  product?: string
  site?: string
  inactiveFor?: string
  inGroup?: string
  limit?: string
}
program
  .command('accounts')
  .option('--json')
  .option('--search <text>')
  .option('--status <status>')
  .option('--managed')
  .option('--unmanaged')
  .option('--product <key>')
  .option('--site <host>')
  .option('--inactive-for <duration>')
  .option('--in-group <name>')
  .option('--limit <n>')
  .action(
    using(async ({ app }, flags: AccountFlags) => {
      const { search, status, product, site, inactiveFor, inGroup, limit } = flags
      const managed = flags.managed === true ? true : flags.unmanaged === true ? false : undefined
      const given = {
        search,
        status,
        product,
        site,
        inactiveFor,
        inGroup,
        managed,
        ...(limit === undefined ? {} : { limit: Number(limit) }),
      }
      const { asOf, total, accounts } = await app.accounts(given as Parameters<typeof app.accounts>[0])
      print({ asOf, total, accounts })
    }),
  )
program
  .command('licenses')
  .option('--json')
  .action(using(async ({ app }) => print(await app.licenses())))

const policy = program.command('policy')
policy.command('validate <file>').action((file: string) => print({ valid: true, name: readPolicyFile(file).name }))
policy
  .command('import <file>')
  .action(using(async ({ app }, file: string) => print(await app.importPolicy(readPolicyFile(file), by))))
policy
  .command('list')
  .option('--json')
  .action(using(async ({ app }) => print(await app.policies())))
policy
  .command('export <name>')
  .action(using(async ({ app }, name: string) => console.log(writePolicy((await app.policy(name)).policy))))
policy.command('enable <name>').action(using(async ({ app }, name: string) => print(await app.enablePolicy(name, by))))
policy
  .command('disable <name>')
  .action(using(async ({ app }, name: string) => print(await app.disablePolicy(name, by))))
policy.command('delete <name>').action(using(async ({ app }, name: string) => app.deletePolicy(name, by)))

interface PlanFlags {
  action?: string
  accounts?: string
  site?: string
  product?: string
  group?: string
}
program
  .command('plan [policy]')
  .option('--json')
  .option('--action <action>')
  .option('--accounts <file>')
  .option('--site <host>')
  .option('--product <key>')
  .option('--group <name>')
  .action(
    using(async ({ app }, name: string | undefined, flags: PlanFlags) => {
      const { action, accounts, site, product, group } = flags
      if (name !== undefined) {
        print(
          planShape(existsSync(name) ? await app.planFile(readPolicyFile(name), by) : await app.planStored(name, by)),
        )
        return
      }
      if (action === undefined || accounts === undefined)
        throw new UsageError('Give a policy, a policy file, or --action with --accounts.')
      const ids = readFileSync(accounts === '-' ? 0 : accounts, 'utf8')
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter(Boolean)
      const request = { action, accounts: ids, site, product, group }
      print(planShape(await app.planPicked(request as Parameters<typeof app.planPicked>[0], by)))
    }),
  )

program
  .command('run <plan>')
  .requiredOption('--approve <fingerprint>')
  .option(
    '--accept <code>',
    'accept a refusal by its code',
    (code: string, codes: string[]) => [...codes, code],
    [] as string[],
  )
  .option('--json')
  .action(
    using(async ({ app }, planId: string, { approve, accept }: { approve: string; accept: string[] }) => {
      const strange = accept.find((code) => !refusalCodes.some((one) => one === code))
      if (strange !== undefined)
        throw new UsageError(`"${strange}" is not a refusal code; known are ${refusalCodes.join(', ')}.`)
      const approved = await app.approve({ planId, fingerprint: approve, accepted: accept as RefusalCode[] }, by)
      if ('refusals' in approved) {
        for (const { code, message } of approved.refusals) note(`${code}: ${message}`)
        print({ refusals: approved.refusals })
        return 3
      }
      let run = await app.work(approved.run.runId, forEver)
      for (let waited = 0; run === undefined && waited < 150; waited += 1) {
        if (waited === 0) note('Another process works in this organization; waiting for it.')
        await system.wait(1000)
        run = await app.work(approved.run.runId, forEver)
      }
      const { runId, status, counts, stopReason } = await app.runStatus(approved.run.runId)
      if (stopReason !== null) note(stopReason)
      print({ runId, status, counts })
      if (run?.haltCause === 'credentials') return 4
      if (run?.haltCause === 'unavailable') return 6
      return status !== 'finished' || counts.failed + counts.unknown > 0 ? 5 : 0
    }),
  )
program
  .command('runs')
  .option('--json')
  .action(using(async ({ app }) => print(await app.runs(100))))
program
  .command('run-status <run>')
  .option('--json')
  .action(using(async ({ app }, run: string) => print(await app.runStatus(run))))
program
  .command('undo <run>')
  .option('--json')
  .action(using(async ({ app }, run: string) => print(planShape(await app.planUndo(run, by)))))

const protect = program.command('protect')
protect
  .command('add <subject>')
  .option('--reason <text>', 'why', 'no reason given')
  .option('--until <date>')
  .action(
    using(async ({ app }, subject: string, { reason, until }: { reason: string; until?: string }) => {
      const end = until === undefined ? undefined : Date.parse(until)
      if (Number.isNaN(end)) throw new UsageError(`"${until}" is not a date such as 2027-01-31.`)
      print(await app.protect({ subject, reason, until: end }, by))
    }),
  )
protect.command('remove <subject>').action(using(async ({ app }, subject: string) => app.unprotect(subject, by)))
protect
  .command('list')
  .option('--json')
  .action(using(async ({ app }) => print(await app.protections())))

const audit = program.command('audit')
audit.command('export').action(
  using(async ({ app }) => {
    for await (const entry of app.audit()) console.log(JSON.stringify(entry))
  }),
)
audit.command('verify [file]').action(
  using(async ({ app }, file: string | undefined) => {
    const own = await app.verifyAudit()
    const verified = file === undefined || !own.ok ? own : await verifyExport(file, await app.auditHead(), system)
    print(verified)
    if (!verified.ok) note(verified.message)
    return verified.ok ? 0 : 1
  }),
)
program
  .command('serve')
  .action(
    using(({ app }) =>
      serve(app, process.env['ROLLCALL_HOST'] ?? '127.0.0.1', Number(process.env['ROLLCALL_PORT'] ?? 3000)),
    ),
  )
program
  .command('simulate')
  .option('--port <port>', 'where it listens', '4010')
  .option('--users <n>', 'how many people', '2500')
  .option('--seed <n>', 'which organization', '1')
  .option('--now <instant>', 'when its clock starts')
  .action(async (flags: Record<string, string>) => {
    const main = fileURLToPath(import.meta.resolve('../../../packages/simulator/src/main.ts'))
    const options = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value])
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...options], {
      stdio: 'inherit',
    })
    await once(child, 'exit')
  })
program.command('stop').action(using(async ({ app }) => app.stop(by)))
program.command('resume').action(using(async ({ app }) => app.resume(by)))

try {
  await program.parseAsync()
} catch (failure) {
  if (failure instanceof CommanderError) process.exitCode = failure.exitCode === 0 ? 0 : 2
  else {
    const { exitCode, sentence } = explain(failure)
    note(sentence)
    process.exitCode = exitCode
  }
}
