// A database of its own on the server, opened as a Forge app opens it: one statement at a time, through one function.

import { randomUUID } from 'node:crypto'
import { createConnection, createPool, type ResultSetHeader } from 'mysql2/promise'
import { migrate, openMysql, type RunSql } from '@rollcall/store'
import { tables } from '@rollcall/store/tables'
import type { MariadbServer } from './server.js'

export interface Settings {
  /** Counts rows that an update has matched, instead of those that it has changed. */
  readonly foundRows?: boolean
  /** Sends parameters apart from the statement, instead of within it. */
  readonly prepared?: boolean
}

/** Both ways of counting and of sending: whichever the platform's driver has, the store means the same. */
export const drivers = {
  'counting matched rows, parameters apart': { foundRows: true, prepared: true },
  'counting changed rows, parameters within': { foundRows: false, prepared: false },
} as const satisfies Readonly<Record<string, Settings>>

/** What Forge SQL takes by each of its two doors. */
const doors = { dml: /^\s*(select|insert|update|delete)\b/i, ddl: /^\s*(create|alter|drop)\b/i } as const

/** Opens a new, empty database; `around` comes between the store and the driver. */
export async function openDatabase(
  server: MariadbServer | undefined,
  { foundRows = true, prepared = false }: Settings = {},
  around: (run: RunSql) => RunSql = (run) => run,
) {
  if (server === undefined) throw new Error('There is no MariaDB.')
  const { socket } = server
  const name = `rollcall_${randomUUID().replaceAll('-', '')}`
  const manage = async (statement: string) => {
    const connection = await createConnection({ socketPath: socket, user: 'root' })
    await connection.query(statement)
    await connection.end()
  }
  await manage(`create database ${name}`)
  const pool = createPool({
    socketPath: socket,
    user: 'root',
    database: name,
    connectionLimit: 10,
    multipleStatements: false,
    dateStrings: true,
    supportBigNumbers: true,
    charset: 'utf8mb4_bin',
    flags: foundRows ? [] : ['-FOUND_ROWS'],
  })
  const run: RunSql = async (query, parameters, kind) => {
    if (!doors[kind].test(query)) throw new Error(`Forge SQL takes no such statement as ${kind}: ${query.slice(0, 80)}`)
    const values = [...parameters] as string[]
    const [answer] = prepared && kind === 'dml' ? await pool.execute(query, values) : await pool.query(query, values)
    return Array.isArray(answer) ? { rows: answer } : { affectedRows: (answer as ResultSetHeader).affectedRows }
  }
  const db = openMysql(around(run))
  return {
    db,
    /** Makes it a new, migrated one. Emptying tables is ten times as fast as making them. */
    async renew() {
      await migrate(db)
      for (const table of Object.keys(tables) as (keyof typeof tables)[])
        if (table !== 'rollcall_migrations') await db.deleteFrom(table).execute()
    },
    async close() {
      await pool.end()
      await manage(`drop database ${name}`)
    },
  }
}

export type OpenDatabase = Awaited<ReturnType<typeof openDatabase>>
