// SQLite without waiting inside the driver: better-sqlite3 waits for another process's lock with the whole process. Here a
// statement that finds the database locked is tried again after a pause, in which other requests go on.

import { SqliteDialect, type CompiledQuery, type DatabaseConnection, type Driver, type SqliteDatabase } from 'kysely'
import { pause } from './pause.js'

/** Pauses between two tries, in milliseconds. */
const [firstPause, longestPause] = [2, 50]

const isLocked = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_BUSY')

/** Tries again while another process holds the lock, for at most `patience` milliseconds. */
function patientConnection(inner: DatabaseConnection, patience: number): DatabaseConnection {
  return {
    async executeQuery<Row>(query: CompiledQuery) {
      const until = performance.now() + patience
      for (let wait = firstPause; ; wait = Math.min(longestPause, wait * 2))
        try {
          return await inner.executeQuery<Row>(query)
        } catch (error) {
          if (!isLocked(error) || performance.now() >= until) throw error
          await pause(wait)
        }
    },
    streamQuery: (query, chunkSize) => inner.streamQuery(query, chunkSize),
  }
}

/**
 * One connection that all requests share: each statement runs at once and ends before the next one. A request that waits for
 * the lock keeps no other one waiting. Only migrations begin transactions, before anything else uses the database.
 */
function patientDriver(inner: Driver, patience: number): Driver {
  let [own, shared] = [undefined, undefined] as (DatabaseConnection | undefined)[]
  const nothing = async () => {}
  const connection = (): DatabaseConnection => {
    if (shared === undefined) throw new Error('The database is not open.')
    return shared
  }
  return {
    async init() {
      await inner.init()
      own = await inner.acquireConnection()
      shared = patientConnection(own, patience)
    },
    acquireConnection: async () => connection(),
    releaseConnection: nothing,
    beginTransaction: async () => {
      throw new Error('Statements run one by one: there are no transactions.')
    },
    commitTransaction: nothing,
    rollbackTransaction: nothing,
    async destroy() {
      if (own !== undefined) await inner.releaseConnection(own)
      await inner.destroy()
    },
  }
}

/** SQLite over a driver, with patience for locks of other processes. */
export class PatientSqlite extends SqliteDialect {
  readonly #patience: number
  constructor(database: SqliteDatabase, patience: number) {
    super({ database })
    this.#patience = patience
  }
  override createDriver(): Driver {
    return patientDriver(super.createDriver(), this.#patience)
  }
}
