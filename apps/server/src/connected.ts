// Work over a connection that is closed at its end, whatever happens.

import { connectTo, openDatabase, type Connection } from './connect.js'
import { withRemembered } from './credentials.js'
import { readSettings } from './settings.js'

/** Opens database and connection as the environment says, and closes both after the work. */
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
