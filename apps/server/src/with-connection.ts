// Opens a connection, does work with it, and closes it in every case.

import { connectTo, openDatabase, type Connection } from './connect.js'
import { withStoredConnection } from './stored-connection.js'
import { readSettings } from './settings.js'

/** Opens the database and the connection of the environment, and closes them after the work. */
export async function withConnection<Result>(
  environment: Readonly<Record<string, string | undefined>>,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const settings = readSettings(environment)
  const database = await openDatabase(settings.database)
  try {
    const completed = await withStoredConnection(settings, database.store, environment)
    return await work(await connectTo(database, completed, false, environment))
  } finally {
    await database.close()
  }
}
