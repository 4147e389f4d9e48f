// Database errors: each becomes a sentence for the admin, whatever the driver throws.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asStoreError } from '../src/errors.js'
import { createAuditLog, createStore, openSqlite, StoreError } from '../src/index.js'
import { open, system } from './fixtures.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-store-'))
  file = join(folder, 'rollcall.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('errors', () => {
  it('for a read-only file say what to do', async () => {
    const { db } = await open(file)
    await db.destroy()
    const driver = new Database(file, { readonly: true })
    const readOnly = openSqlite(driver)
    await expect(createStore(readOnly).putSetting('a', 'b')).rejects.toThrow(
      'The Rollcall database is read-only, so nothing was written. Give the user that runs Rollcall write permission',
    )
    await expect(createAuditLog(readOnly, system).append({ at: 1, actor: 'a', event: 'planned' })).rejects.toThrow(
      StoreError,
    )
    expect(await createStore(readOnly).setting('a')).toBeUndefined()
  })

  it('for a damaged file say so at once', () => {
    writeFileSync(file, 'this is no database, whatever its name says. '.repeat(100))
    expect(() => openSqlite(new Database(file))).toThrow('The Rollcall database is damaged. Stop Rollcall')
  })

  it('for a full disk say that nothing more was written', async () => {
    const { driver, store } = await open(file)
    driver.pragma(`max_page_count = ${driver.pragma('page_count', { simple: true })}`)
    await expect(store.putSetting('large', 'x'.repeat(1_000_000))).rejects.toMatchObject({
      name: 'StoreError',
      code: 'full',
    })
  })

  it('for a locked file mention the lock', async () => {
    const [a, b] = [await open(file), await open(file, 10)]
    a.driver.exec('begin immediate')
    await expect(b.store.putSetting('a', 'b')).rejects.toThrow('locked for too long')
    a.driver.exec('rollback')
    await b.store.putSetting('a', 'b')
  })

  it('do not come of a lock that ends in time, and meanwhile reads and timers go on', async () => {
    const [a, b] = [await open(file), await open(file)]
    await b.store.putSetting('a', 'before')
    a.driver.exec('begin immediate')
    const written = b.store.putSetting('a', 'after')
    expect(await b.store.setting('a')).toBe('before')
    await new Promise((resolve) => setTimeout(resolve, 1))
    expect(await b.store.setting('a')).toBe('before')
    a.driver.exec('rollback')
    await written
    expect(await b.store.setting('a')).toBe('after')
  })

  it("depend on the driver's code, and other errors stay unchanged", () => {
    const thrown = (code: string) => asStoreError(Object.assign(new Error('raw'), { code }))
    expect(thrown('SQLITE_IOERR_WRITE')).toMatchObject({ code: 'disk' })
    expect(thrown('SQLITE_CANTOPEN')).toMatchObject({ code: 'unopenable' })
    expect(thrown('SQLITE_ERROR')).toMatchObject({ code: 'refused' })
    expect(thrown('ENOENT')).toMatchObject({ message: 'raw' })
    expect(asStoreError('text')).toBe('text')
  })

  it('for a damaged stored document say so', async () => {
    const { db, store } = await open()
    await db.insertInto('policies').values({ name: 'p', doc: '{"half' }).execute()
    await expect(store.policy('p')).rejects.toMatchObject({ code: 'corrupt' })
  })
})
