// SQLite, the embedded database. The host passes the driver (better-sqlite3); this file makes its writes durable.

import { Kysely, type SqliteDatabase } from 'kysely'
import { asStoreError } from './errors.js'
import { PatientSqlite } from './patient-driver.js'
import type { Schema } from './schema.js'

// busy_timeout comes first, since switching the journal may have to wait for another process. Later, a wait inside the
// driver would keep every request of the process waiting: see patient-driver.ts.
// 64 MiB of cache hold the indexes of 150,000 accounts.
const pragmas = [
  'busy_timeout = 5000',
  'journal_mode = WAL',
  'synchronous = FULL',
  'cache_size = -65536',
  'busy_timeout = 0',
] as const

/** How long a statement waits for another process's lock, in milliseconds. */
const defaultPatience = 5000

/** Opens the database over a driver: write-ahead log, every commit on disk, five seconds of patience for locks. */
export function openSqlite(driver: SqliteDatabase, patience = defaultPatience): Kysely<Schema> {
  try {
    for (const pragma of pragmas) {
      const statement = driver.prepare(`pragma ${pragma}`)
      if (statement.reader) statement.all([])
      else statement.run([])
    }
  } catch (error) {
    throw asStoreError(error)
  }
  return new Kysely<Schema>({ dialect: new PatientSqlite(driver, patience) })
}
