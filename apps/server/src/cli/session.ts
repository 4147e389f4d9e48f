// The session of one command: its output, its files and its connection, which is closed at the end in every case.

import { userInfo } from 'node:os'
import type { Connection } from '../connect.js'
import { located, locateFiles } from '../settings.js'
import type { Invocation } from './invocation.js'
import { createPrinter, type Printer } from './output.js'

/** The requester's name in the audit log: the user of this machine. */
export const by: string = (() => {
  try {
    return userInfo().username
  } catch {
    return 'cli'
  }
})()

type Action<Args extends unknown[]> = (connection: Connection, ...args: Args) => Promise<number | void>

/** What the commands share. */
export interface Session extends Printer, Pick<Invocation, 'stdin' | 'environment' | 'untilEnded'> {
  /** The path of a file that the command line names. */
  readonly file: (name: string) => string
  /** Gives a command a connection. The number that the command returns is the exit code. */
  readonly using: <Args extends unknown[]>(act: Action<Args>) => (...args: Args) => Promise<void>
  exitCode: number
}

/** Opens the session of a command. */
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
        // The database and the Atlassian client are slow to load, and help needs neither.
        const { withConnection } = await import('../with-connection.js')
        session.exitCode = (await withConnection(environment, (connection) => act(connection, ...args))) ?? 0
      },
    exitCode: 0,
  }
  return session
}
