// The audit log fulfils the contract of the AuditLog port: over SQLite in memory and in a file, and over MariaDB.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyChain } from '@rollcall/core'
import { createAuditLog, migrate, openSqlite } from '@rollcall/store'
import { auditLogContract, entriesOf, manualSystem } from '@rollcall/core/testing'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { drivers, openDatabase, type OpenDatabase } from '../mariadb/database.js'
import { mariadb } from '../mariadb/shared.js'

const system = manualSystem()
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-ports-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function open(file: string) {
  const db = openSqlite(new Database(file))
  await migrate(db)
  return { db, auditLog: createAuditLog(db, system) }
}

describe('the audit log over SQLite', () => {
  for (const { promise, check } of auditLogContract)
    it(promise, async () => {
      const { db, auditLog } = await open(':memory:')
      await check(auditLog)
      await db.destroy()
    })

  it('is complete and verifies when the file is opened again', async () => {
    const first = await open(join(folder, 'rollcall.db'))
    for (const n of [1, 2, 3]) await first.auditLog.append({ at: n, actor: 'mia', event: 'planned' })
    await first.db.destroy()
    const second = await open(join(folder, 'rollcall.db'))
    await second.auditLog.append({ at: 4, actor: 'mia', event: 'planned' })
    expect(await verifyChain(entriesOf(second.auditLog), system)).toMatchObject({ ok: true, entries: 4 })
    await second.db.destroy()
  })
})

for (const [driver, settings] of Object.entries(drivers))
  describe.skipIf(mariadb === undefined)(`the audit log over MariaDB, ${driver}`, () => {
    let database: OpenDatabase
    beforeAll(async () => {
      database = await openDatabase(mariadb, settings)
    })
    afterAll(() => database.close())
    beforeEach(() => database.renew())

    for (const { promise, check } of auditLogContract) it(promise, () => check(createAuditLog(database.db, system)))
  })
