// One command's session: settings, database, connection; closed at the end, whatever happens.

import { userInfo } from 'node:os'
import { connectTo, openDatabase, type Connection } from '../connect.js'
import { withRemembered } from '../credentials.js'
import { readSettings } from '../settings.js'

/** Who asks, for the audit log. */
export const by: string = (() => {
  try {
    return userInfo().username
  } catch {
    return 'cli'
  }
})()

/** Runs a command with a connection; the number that it returns is the exit code. */
export const using =
  <Args extends unknown[]>(
    act: (connection: Connection, ...args: Args) => Promise<number | void>,
    demo = () => false,
  ) =>
  async (...args: Args): Promise<void> => {
    const settings = readSettings(process.env)
    const database = await openDatabase(settings.database)
    try {
      const connection = await connectTo(database, await withRemembered(settings, database.store, process.env), demo())
      process.exitCode = (await act(connection, ...args)) ?? 0
    } finally {
      await database.close()
    }
  }
