// A new database on the server, opened as a Forge app opens it: one statement at a time, through one function.

import { randomUUID } from 'node:crypto'
import { createConnection, createPool, type ResultSetHeader } from 'mysql2/promise'
import { migrate, openMysql, type RunSql } from '@rollcall/store'
import { tables } from '@rollcall/store/tables'
import type { MariadbServer } from './server.js'

export interface Settings {
  /** Whether an update counts the rows that it matched, instead of those that it changed. */
  readonly foundRows?: boolean
  /** Whether the driver sends parameters separately, instead of within the statement. */
  readonly prepared?: boolean
}

/** Both ways of counting and of sending: the store has to work with either, whichever the platform's driver uses. */
export const drivers = {
  'counting matched rows, with separate parameters': { foundRows: true, prepared: true },
  'counting changed rows, with inline parameters': { foundRows: false, prepared: false },
} as const satisfies Readonly<Record<string, Settings>>

/** The statements that each of Forge SQL's two endpoints accepts. */
const doors = { dml: /^\s*(select|insert|update|delete)\b/i, ddl: /^\s*(create|alter|drop)\b/i } as const

/** Opens a new, empty database; `around` wraps the driver's function. */
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
    if (!doors[kind].test(query))
      throw new Error(`Forge SQL does not accept this statement as ${kind}: ${query.slice(0, 80)}`)
    const values = [...parameters] as string[]
    const [answer] = prepared && kind === 'dml' ? await pool.execute(query, values) : await pool.query(query, values)
    return Array.isArray(answer) ? { rows: answer } : { affectedRows: (answer as ResultSetHeader).affectedRows }
  }
  const db = openMysql(around(run))
  return {
    db,
    /** Resets it to a new, migrated database. Emptying tables is ten times as fast as creating them. */
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
