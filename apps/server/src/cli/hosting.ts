// rollcall serve, simulate, stop, resume: the processes, and the switch that halts every run.

import type { Command } from 'commander'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../connect.js'
import { openLive } from '../live.js'
import { masterKey } from '../secrets.js'
import { serve } from '../serve.js'
import { readAddress, readSettings } from '../settings.js'
import { show, type JsonFlag } from './output.js'
import { by, using } from './session.js'

async function simulate(flags: Readonly<Record<string, string>>): Promise<void> {
  const main = fileURLToPath(import.meta.resolve('../../../../packages/simulator/src/main.ts'))
  const options = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value])
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...options], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const [code] = (await once(child, 'exit')) as [number | null]
  process.exitCode = code ?? 0
}

/** Adds the commands. */
export function hostingCommands(program: Command): void {
  program
    .command('serve')
    .description('the page, the HTTP interface and the worker that runs schedules')
    .option('--demo', 'say on the page that the organization is simulated')
    .action(async ({ demo = false }: { readonly demo?: boolean }) => {
      masterKey(process.env)
      const { host, port } = readAddress(process.env)
      const database = await openDatabase(readSettings(process.env).database)
      try {
        await serve(await openLive(database, process.env, demo), host, port)
      } finally {
        await database.close()
      }
    })
  program
    .command('simulate')
    .description('a simulated organization, for trying things out')
    .option('--port <port>', 'where it listens', '4010')
    .option('--users <n>', 'how many people', '2500')
    .option('--seed <n>', 'which organization', '1')
    .option('--now <instant>', 'when its clock starts')
    .action(simulate)
  program
    .command('stop')
    .description('halt every run, now and on every schedule')
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        await app.stop(by)
        show(
          flags,
          { stopped: true },
          () => 'The stop switch is on. Runs halt before their next change; "rollcall resume" lets them go on.',
        )
      }),
    )
  program
    .command('resume')
    .description('turn the stop switch off')
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        await app.resume(by)
        show(flags, { stopped: false }, () => 'The stop switch is off. Run a stopped plan again to go on with it.')
      }),
    )
}
