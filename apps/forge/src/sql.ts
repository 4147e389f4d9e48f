// Forge SQL as the store's database: one statement at a time, with a separate method for schema changes.
// @see https://developer.atlassian.com/platform/forge/storage-reference/sql/

import { sql } from '@forge/sql'
import { openMysql, StoreError, type RunSql } from '@rollcall/store'
import { createThrottle } from './throttle.js'
import { isTemporary, withRetry } from './retry.js'
import { perInstallation } from './per-installation.js'

type Written = { readonly affectedRows: number }

const isWritten = (rows: unknown): rows is Written =>
  typeof rows === 'object' && rows !== null && !Array.isArray(rows) && 'affectedRows' in rows

/** The platform allows 150 statements a second for an installation. The worker and the admins share them. */
const throttle = perInstallation(() => createThrottle(70))

/** Turns a temporary failure that lasted too long into a StoreError. Returns any other failure unchanged. */
const asStoreFailure = (failure: unknown): unknown => (isTemporary(failure) ? new StoreError('slow', failure) : failure)

const run: RunSql = async (query, parameters, kind) => {
  const statement = () =>
    kind === 'ddl'
      ? sql.executeDDL(query)
      : sql
          .prepare(query)
          .bindParams(...parameters)
          .execute()
  const { rows } = await withRetry(async () => {
    await throttle()()
    return statement()
  }).catch((failure: unknown) => {
    throw asStoreFailure(failure)
  })
  return isWritten(rows) ? { affectedRows: rows.affectedRows } : { rows: rows as readonly object[] }
}

/** The installation's database. */
export const db = openMysql(run)
