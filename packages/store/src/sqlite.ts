// SQLite, the embedded database. The host passes the driver (better-sqlite3); this file makes its writes durable.

import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely'
import { asStoreError } from './errors.js'
import type { Schema } from './schema.js'

// busy_timeout comes first, since switching the journal may have to wait for another process.
// 64 MiB of cache hold the indexes of 150,000 accounts.
const pragmas = ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = FULL', 'cache_size = -65536'] as const

/** Opens the database over a driver: write-ahead log, every commit on disk, five seconds of busy time-out. */
export function openSqlite(driver: SqliteDatabase): Kysely<Schema> {
  try {
    for (const pragma of pragmas) {
      const statement = driver.prepare(`pragma ${pragma}`)
      if (statement.reader) statement.all([])
      else statement.run([])
    }
  } catch (error) {
    throw asStoreError(error)
  }
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: driver }) })
}
