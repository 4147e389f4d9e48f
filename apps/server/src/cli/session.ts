// One invocation's session: its output, its files and its connection, which is closed at the end, whatever happens.

import { userInfo } from 'node:os'
import type { Connection } from '../connect.js'
import { located, locateFiles } from '../settings.js'
import type { Invocation } from './invocation.js'
import { createPrinter, type Printer } from './output.js'

/** Who asks, for the audit log. */
export const by: string = (() => {
  try {
    return userInfo().username
  } catch {
    return 'cli'
  }
})()

type Action<Args extends unknown[]> = (connection: Connection, ...args: Args) => Promise<number | void>

/** What the commands of one invocation share. */
export interface Session extends Printer, Pick<Invocation, 'stdin' | 'environment' | 'untilEnded'> {
  /** Says where a file is that the command line names. */
  readonly file: (name: string) => string
  /** Makes a command with a connection; the number that it returns is the exit code. */
  readonly using: <Args extends unknown[]>(act: Action<Args>) => (...args: Args) => Promise<void>
  exitCode: number
}

/** Opens the session of an invocation. */
export function createSession({ stdin, stdout, stderr, folder, untilEnded, ...invocation }: Invocation): Session {
  const environment = locateFiles(invocation.environment, folder)
  const session: Session = {
    ...createPrinter(stdout, stderr),
    stdin,
    environment,
    untilEnded,
    file: (name) => located(folder, name),
    using:
      (act) =>
      async (...args) => {
        // The database and all that Atlassian's answers are read with are slow to load: help needs none of it.
        const { connected } = await import('../connected.js')
        session.exitCode = (await connected(environment, (connection) => act(connection, ...args))) ?? 0
      },
    exitCode: 0,
  }
  return session
}
