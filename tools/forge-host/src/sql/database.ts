// The database of one installation on a MariaDB server: created at the start, configured like TiDB, dropped at the end.

import { randomBytes } from 'node:crypto'
import { createConnection, createPool, type PoolConnection } from 'mysql2/promise'

export type SqlServer = { readonly user: string; readonly password?: string } & (
  | { readonly host: string; readonly port: number }
  | { readonly socketPath: string }
)
export class QueryTimedOut extends Error {}

const mode = [
  'ONLY_FULL_GROUP_BY',
  'STRICT_TRANS_TABLES',
  'NO_ZERO_IN_DATE',
  'NO_ZERO_DATE',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ENGINE_SUBSTITUTION',
].join(',')
/** Whole numbers stay numbers as far as JavaScript can hold them; dates are texts. */
const shapes = { supportBigNumbers: true, bigNumberStrings: false, dateStrings: true, multipleStatements: false }
const connections = 8

/** Makes the database. */
export async function createDatabase(server: SqlServer, ahead: Float64Array) {
  const name = `forge_host_${randomBytes(6).toString('hex')}`
  const admin = await createConnection({ ...server })
  try {
    // TiDB compares texts byte by byte by default.
    await admin.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
  } finally {
    await admin.end()
  }
  const pool = createPool({ ...server, ...shapes, database: name, connectionLimit: connections, timezone: 'Z' })
  const ready = new WeakSet<object>()
  const abandoned = new Set<number>()

  async function connect(): Promise<PoolConnection> {
    const connection = await pool.getConnection()
    if (!ready.has(connection.connection)) {
      await connection.query(`SET time_zone = '+00:00', sql_mode = '${mode}', collation_connection = utf8mb4_bin`)
      ready.add(connection.connection)
    }
    const late = ahead[0] ?? 0
    await connection.query(late === 0 ? 'SET timestamp = DEFAULT' : `SET timestamp = ${(Date.now() + late) / 1000}`)
    return connection
  }

  return {
    name,
    /** Runs one statement; after the time limit it rejects, but the statement continues on the server. */
    async run(sql: string, params: readonly unknown[], limitMs: number): Promise<unknown> {
      const connection = await connect()
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new QueryTimedOut()), limitMs)
      })
      const answer = connection.query(sql, [...params])
      answer.catch(() => undefined)
      try {
        const [rows] = await Promise.race([answer, late])
        connection.release()
        return rows
      } catch (thrown) {
        if (thrown instanceof QueryTimedOut) {
          abandoned.add(connection.threadId)
          connection.destroy()
        } else connection.release()
        throw thrown
      } finally {
        clearTimeout(timer)
      }
    },
    /** For tests: any statement, without limits. */
    async query(sql: string, params: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
      const [rows] = await pool.query(sql, [...params])
      return rows as Record<string, unknown>[]
    },
    /** Data and indexes, as the server estimates them. */
    async bytes(): Promise<number> {
      const [rows] = await pool.query(
        'SELECT COALESCE(SUM(data_length + index_length), 0) AS bytes FROM information_schema.tables WHERE table_schema = ?',
        [name],
      )
      return Number((rows as { bytes: number }[])[0]?.bytes ?? 0)
    },
    async close(): Promise<void> {
      await pool.end()
      const last = await createConnection({ ...server })
      for (const thread of abandoned) await last.query(`KILL ${thread}`).catch(() => undefined)
      await last.query(`DROP DATABASE IF EXISTS ${name}`)
      await last.end()
    },
  }
}
export type Database = Awaited<ReturnType<typeof createDatabase>>
