// Forge SQL as the store's database: one statement at a time, and a door of its own for what changes the schema.

import { ForgeSQLAPIError, sql } from '@forge/sql'
import { migrate, openMysql, StoreError, type RunSql } from '@rollcall/store'

type Written = { readonly affectedRows: number }

const isWritten = (rows: unknown): rows is Written =>
  typeof rows === 'object' && rows !== null && !Array.isArray(rows) && 'affectedRows' in rows

const run: RunSql = async (query, parameters, kind) => {
  const statement =
    kind === 'ddl'
      ? sql.executeDDL(query)
      : sql
          .prepare(query)
          .bindParams(...parameters)
          .execute()
  const { rows } = await statement.catch((failure: unknown) => {
    throw asStoreFailure(failure)
  })
  return isWritten(rows) ? { affectedRows: rows.affectedRows } : { rows: rows as readonly object[] }
}

/** What the platform says of its limits, in our words; anything else stays what it is. */
function asStoreFailure(failure: unknown): unknown {
  if (!(failure instanceof ForgeSQLAPIError)) return failure
  const { status } = failure.responseDetails
  if (status === 429 || failure.code === 'QUERY_TIMED_OUT') return new StoreError('busy', failure)
  if (status === 413) return new StoreError('refused', failure)
  return failure
}

/** The installation's database. */
export const db = openMysql(run)

let ready: Promise<void> | undefined

/** Brings the schema up to date, once in the life of this process; an attempt that failed is made again. */
export function migrated(): Promise<void> {
  ready ??= migrate(db).catch((failure: unknown) => {
    ready = undefined
    throw failure
  })
  return ready
}
