// rollcall serve, simulate, stop, resume: the server, the simulator, and the stop switch.

import type { Command } from 'commander'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { masterKey } from '../secrets.js'
import { readAddress, readSettings } from '../settings.js'
import type { JsonFlag } from './output.js'
import { by, type Session } from './session.js'

async function simulate(session: Session, flags: Readonly<Record<string, string>>): Promise<void> {
  // By the name of its package, which is found from the sources and from the built file alike.
  const main = fileURLToPath(import.meta.resolve('@rollcall/simulator/main'))
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
    .description('Serve the web page and the HTTP API, and run policies by their schedules')
    .option('--demo', 'Show on the page that the organization is simulated')
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
    .description('Start a simulated organization to try Rollcall with')
    .option('--port <port>', 'The port of the simulator', '4010')
    .option('--users <n>', 'The number of users', '2500')
    .option('--seed <n>', 'The seed of the organization: the same seed makes the same organization', '1')
    .option('--now <instant>', 'The time at which its clock starts')
    .action((flags: Readonly<Record<string, string>>) => simulate(session, flags))
  program
    .command('stop')
    .description('Turn the stop switch on: every run stops, and none starts')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        await app.stop(by)
        show(
          flags,
          { stopped: true },
          () => 'The stop switch is on. Runs stop before their next change. Turn it off with "rollcall resume".',
        )
      }),
    )
  program
    .command('resume')
    .description('Turn the stop switch off')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        await app.resume(by)
        show(flags, { stopped: false }, () => 'The stop switch is off. To resume a stopped run, run its plan again.')
      }),
    )
}
