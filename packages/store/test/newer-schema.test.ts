import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { isMigrated, migrate, openSqlite } from '../src/index.js'

it('a database of a newer schema is neither read nor changed', async () => {
  const driver = new Database(':memory:')
  const db = openSqlite(driver)
  await migrate(db)
  await migrate(db)
  driver.prepare("insert into rollcall_migrations (version) values ('9999-later')").run()
  const before = driver.prepare('select count(*) as tables from sqlite_master').get()
  const newer = expect.objectContaining({ code: 'newer', message: expect.stringContaining('newer version') as unknown })
  await expect(migrate(db)).rejects.toEqual(newer)
  await expect(isMigrated(db)).rejects.toEqual(newer)
  expect(driver.prepare('select count(*) as tables from sqlite_master').get()).toEqual(before)
  await db.destroy()
})
