// The command line: words into the app's operations. One file per group of commands, loaded when one of them is wanted.

import { Command, CommanderError } from 'commander'
import { readVersion } from '../version.js'
import type { Invocation } from './invocation.js'
import { createSession, type Session } from './session.js'

type AddCommands = (program: Command, session: Session) => void
interface Group {
  readonly words: readonly string[]
  readonly load: () => Promise<AddCommands>
}

/** In the order of the help. */
const groups: readonly Group[] = [
  { words: ['connect', 'disconnect'], load: async () => (await import('./connection.js')).connectionCommands },
  { words: ['keys'], load: async () => (await import('./keys.js')).keyCommands },
  { words: ['sync', 'usual', 'reconcile', 'licenses'], load: async () => (await import('./sync.js')).syncCommands },
  { words: ['accounts'], load: async () => (await import('./accounts.js')).accountCommands },
  { words: ['policy'], load: async () => (await import('./policies.js')).policyCommands },
  { words: ['plan', 'undo'], load: async () => (await import('./plans.js')).planCommands },
  { words: ['plans', 'show', 'discard'], load: async () => (await import('./waiting.js')).waitingCommands },
  { words: ['run', 'runs', 'run-status'], load: async () => (await import('./runs.js')).runCommands },
  { words: ['protect'], load: async () => (await import('./protections.js')).protectionCommands },
  { words: ['veto'], load: async () => (await import('./vetoes.js')).vetoCommands },
  { words: ['limits'], load: async () => (await import('./limits.js')).limitCommands },
  { words: ['rest-days'], load: async () => (await import('./rest-days.js')).restDayCommands },
  { words: ['audit', 'forget'], load: async () => (await import('./audit.js')).auditCommands },
  {
    words: ['serve', 'simulate', 'stop', 'resume'],
    load: async () => (await import('./hosting.js')).hostingCommands,
  },
]

/** Makes the program with the commands that the first word may mean; with all of them where it means none. */
async function createProgram({ words: [first = ''], stdout, stderr }: Invocation, session: Session): Promise<Command> {
  const program = new Command('rollcall')
    .description('Automated user management for Jira Cloud')
    .version(readVersion(), '--version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
  const meant = groups.filter(({ words }) => words.includes(first))
  const wanted = meant.length > 0 || first === '--version' ? meant : groups
  for (const add of await Promise.all(wanted.map(({ load }) => load()))) add(program, session)
  return program
}

/** Runs one command and returns its exit code; what went wrong becomes a sentence and an exit code. */
export async function runCommand(invocation: Invocation): Promise<number> {
  const session = createSession(invocation)
  try {
    await (await createProgram(invocation, session)).parseAsync(invocation.words, { from: 'user' })
    return session.exitCode
  } catch (failure) {
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? 0 : 2
    const { explain } = await import('../exit-codes.js')
    const { exitCode, sentence } = explain(failure)
    session.note(sentence)
    return exitCode
  }
}
