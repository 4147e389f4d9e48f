// Does work over a connection, and closes the connection in every case.

import { connectTo, openDatabase, type Connection } from './connect.js'
import { withRemembered } from './credentials.js'
import { readSettings } from './settings.js'

/** Opens the database and the connection of the environment, and closes them after the work. */
export async function connected<Result>(
  environment: Readonly<Record<string, string | undefined>>,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const settings = readSettings(environment)
  const database = await openDatabase(settings.database)
  try {
    const remembered = await withRemembered(settings, database.store, environment)
    return await work(await connectTo(database, remembered, false, environment))
  } finally {
    await database.close()
  }
}
