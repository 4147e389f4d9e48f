// The store fulfils the contract of the Store port: over SQLite, and over MariaDB with each kind of driver.

import { createStore, migrate, openSqlite } from '@rollcall/store'
import { storeContract } from '@rollcall/core/testing'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { drivers, openDatabase, type OpenDatabase } from '../mariadb/database.js'
import { mariadb } from '../mariadb/shared.js'

describe('the store over SQLite', () => {
  let close = async () => {}
  afterEach(() => close())

  for (const { promise, check } of storeContract)
    it(promise, async () => {
      const db = openSqlite(new Database(':memory:'))
      close = () => db.destroy()
      await migrate(db)
      await check(createStore(db))
    })
})

for (const [driver, settings] of Object.entries(drivers))
  describe.skipIf(mariadb === undefined)(`the store over MariaDB, ${driver}`, () => {
    let database: OpenDatabase
    beforeAll(async () => {
      database = await openDatabase(mariadb, settings)
    })
    afterAll(() => database.close())
    beforeEach(() => database.renew())

    for (const { promise, check } of storeContract) it(promise, () => check(createStore(database.db)))
  })
