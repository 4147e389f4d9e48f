// rollcall serve, simulate, stop, resume: the processes, and the switch that halts every run.

import type { Command } from 'commander'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { masterKey } from '../secrets.js'
import { readAddress, readSettings } from '../settings.js'
import type { JsonFlag } from './output.js'
import { by, type Session } from './session.js'

async function simulate(session: Session, flags: Readonly<Record<string, string>>): Promise<void> {
  const main = fileURLToPath(new URL('main.ts', import.meta.resolve('@rollcall/simulator')))
  const options = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value])
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.on('data', (text: Buffer) => session.print(text.toString()))
  child.stderr.on('data', (text: Buffer) => session.note(text.toString().trimEnd()))
  session.untilEnded().addEventListener('abort', () => child.kill('SIGTERM'))
  const [code] = (await once(child, 'close')) as [number | null]
  session.exitCode = code ?? 0
}

/** Adds the commands. */
export function hostingCommands(program: Command, session: Session): void {
  const { environment, show, using } = session
  program
    .command('serve')
    .description('the page, the HTTP interface and the worker that runs schedules')
    .option('--demo', 'say on the page that the organization is simulated')
    .action(async ({ demo = false }: { readonly demo?: boolean }) => {
      masterKey(environment)
      const { host, port } = readAddress(environment)
      const [{ openDatabase }, { openLive }, { serve }] = await Promise.all([
        import('../connect.js'),
        import('../live.js'),
        import('../serve.js'),
      ])
      const database = await openDatabase(readSettings(environment).database)
      try {
        await serve(await openLive(database, environment, demo), host, port, session)
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
    .action((flags: Readonly<Record<string, string>>) => simulate(session, flags))
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
