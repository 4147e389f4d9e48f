// The store over SQLite keeps the contract of the Store port.

import { createStore, migrate, openSqlite } from '@rollcall/store'
import { storeContract } from '@rollcall/core/testing'
import Database from 'better-sqlite3'
import { afterEach, describe, it } from 'vitest'

let close = async () => {}
afterEach(() => close())

describe('the store over SQLite', () => {
  for (const { promise, check } of storeContract)
    it(promise, async () => {
      const db = openSqlite(new Database(':memory:'))
      close = () => db.destroy()
      await migrate(db)
      await check(createStore(db))
    })
})
