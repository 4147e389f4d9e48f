// The command line's program object: reads the words, loads the commands that they name, and runs one of them.
// Each group of commands is a file of its own, so that a command loads no other group.

import { Command, CommanderError } from 'commander'
import { Readable, Writable } from 'node:stream'
import { readVersion } from '../version.js'
import { withNextStep } from './next-step.js'
import type { Invocation } from './invocation.js'
import { createSession, type Session } from './session.js'

type AddCommands = (program: Command, session: Session) => void
interface Group {
  /** Every name of the group's commands, older ones too. */
  readonly names: readonly string[]
  readonly load: () => Promise<AddCommands>
}

/** In the order of the help. */
const groups: readonly Group[] = [
  { names: ['connect', 'disconnect'], load: async () => (await import('./connection.js')).connectionCommands },
  { names: ['keys'], load: async () => (await import('./keys.js')).keyCommands },
  {
    names: ['sync', 'accept-baseline', 'usual', 'reconcile', 'licenses'],
    load: async () => (await import('./sync.js')).syncCommands,
  },
  { names: ['accounts'], load: async () => (await import('./accounts.js')).accountCommands },
  { names: ['policy'], load: async () => (await import('./policies.js')).policyCommands },
  { names: ['plan', 'undo', 'exclude', 'give-back'], load: async () => (await import('./plans.js')).planCommands },
  { names: ['plans', 'show', 'discard'], load: async () => (await import('./review.js')).reviewCommands },
  { names: ['run', 'cancel', 'runs', 'run-status'], load: async () => (await import('./runs.js')).runCommands },
  { names: ['protect'], load: async () => (await import('./protections.js')).protectionCommands },
  {
    names: ['exemptions', 'veto'],
    load: async () => (await import('./exemptions.js')).exemptionCommands,
  },
  { names: ['limits'], load: async () => (await import('./limits.js')).limitCommands },
  {
    names: ['non-working-days', 'rest-days'],
    load: async () => (await import('./non-working-days.js')).nonWorkingDayCommands,
  },
  { names: ['audit', 'forget'], load: async () => (await import('./audit.js')).auditCommands },
  {
    names: ['serve', 'simulate', 'stop', 'resume'],
    load: async () => (await import('./hosting.js')).hostingCommands,
  },
]

/** Makes the program with the commands that the first word may name, or with all commands when it names none. */
async function createProgram(
  { words: [first = ''], stdout, stderr }: Pick<Invocation, 'words' | 'stdout' | 'stderr'>,
  session: Session,
): Promise<Command> {
  const program = new Command('rollcall')
    .description('Automated user management for Jira Cloud')
    .version(readVersion(), '--version', 'Print the version')
    .helpOption('-h, --help', 'Show help')
    .helpCommand('help [command]', 'Show help for a command')
    .exitOverride()
    // Older names of commands work, but the help shows the current name only.
    .configureHelp({
      subcommandTerm: (command) => `${command.name()} ${command.usage().replace('[options]', '').trim()}`.trimEnd(),
      commandUsage: (command) => [...ancestors(command), command.name(), command.usage()].join(' '),
    })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
  const named = groups.filter(({ names }) => names.includes(first))
  const wanted = named.length > 0 || first === '--version' ? named : groups
  for (const add of await Promise.all(wanted.map(({ load }) => load()))) add(program, session)
  return program
}

/** The names of the commands above a command, from the program down. */
function ancestors({ parent }: Command): readonly string[] {
  return parent === null ? [] : [...ancestors(parent), parent.name()]
}

/** Makes the program with all commands, to describe it; its commands cannot run. */
export function describedProgram(): Promise<Command> {
  const nowhere = new Writable({ write: (_text, _encoding, done) => done() })
  const streams = { stdin: Readable.from([]), stdout: nowhere, stderr: nowhere }
  const words: readonly string[] = []
  const invocation = { ...streams, words, environment: {}, folder: '.', untilEnded: () => AbortSignal.abort() }
  return createProgram(invocation, createSession(invocation))
}

/** Runs one command and returns its exit code. Prints every error as a sentence. */
export async function runCommand(invocation: Invocation): Promise<number> {
  const session = createSession(invocation)
  try {
    await (await createProgram(invocation, session)).parseAsync(invocation.words, { from: 'user' })
    return session.exitCode
  } catch (failure) {
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? 0 : 2
    const { explain } = await import('../exit-codes.js')
    const { exitCode, sentence, remedy } = explain(failure)
    session.note(withNextStep(sentence, remedy))
    return exitCode
  }
}
