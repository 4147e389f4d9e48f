// Forge SQL as the store's database: one statement at a time, and a door of its own for what changes the schema.

import { sql } from '@forge/sql'
import { openMysql, StoreError, type RunSql } from '@rollcall/store'
import { createPace } from './pace.js'
import { isPassing, withRetry } from './patience.js'
import { perInstallation } from './per-installation.js'

type Written = { readonly affectedRows: number }

const isWritten = (rows: unknown): rows is Written =>
  typeof rows === 'object' && rows !== null && !Array.isArray(rows) && 'affectedRows' in rows

/** The platform takes 150 statements a second of an installation, whose lane and whose admins work at the same time. */
const pace = perInstallation(() => createPace(70))

/** What is over in a moment and did not pass in time is said in our words; anything else stays what it is. */
const asStoreFailure = (failure: unknown): unknown => (isPassing(failure) ? new StoreError('slow', failure) : failure)

const run: RunSql = async (query, parameters, kind) => {
  const statement = () =>
    kind === 'ddl'
      ? sql.executeDDL(query)
      : sql
          .prepare(query)
          .bindParams(...parameters)
          .execute()
  const { rows } = await withRetry(async () => {
    await pace()()
    return statement()
  }).catch((failure: unknown) => {
    throw asStoreFailure(failure)
  })
  return isWritten(rows) ? { affectedRows: rows.affectedRows } : { rows: rows as readonly object[] }
}

/** The installation's database. */
export const db = openMysql(run)
