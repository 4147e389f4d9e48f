// The limits of KVS and SQL: below, at and above each.

import { describe, expect, it } from 'vitest'
import type { Limits } from '../src/index.js'
import { atStartOf, closeAfterEach, sqlServer, startProbe, withoutSql } from './probe.js'

closeAfterEach()
const start = (limits: Partial<Limits> = {}) => startProbe({ limits, ...(sqlServer && { sql: sqlServer }) })
type Ask = Awaited<ReturnType<typeof startProbe>>['ask']
const codeOf = async (told: ReturnType<Ask>) => (await told).thrown?.['code']
const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) })
async function until(done: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await done());)
    if (Date.now() > end) throw new Error('The condition did not become true in time')
}

describe('kvs', () => {
  it('accepts keys of 1 to 500 permitted characters', async () => {
    const { ask } = await start()
    const set = (key: string) => codeOf(ask('kvsSet', { key, value: 1 }))
    expect(await set('k')).toBeUndefined()
    expect(await set('k'.repeat(500))).toBeUndefined()
    expect(await set('k'.repeat(501))).toBe('KEY_TOO_LONG')
    expect(await set('')).toBe('KEY_TOO_SHORT')
    expect(await set('aZ 09:._-#')).toBeUndefined()
    expect([await set(' '), await set('a/b'), await set('ä')]).toEqual(['INVALID_KEY', 'INVALID_KEY', 'INVALID_KEY'])
  })

  it('accepts values up to 240 KiB of JSON', async () => {
    const { ask } = await start()
    const set = (bytes: number) => codeOf(ask('kvsSet', { key: 'k', value: 'x'.repeat(bytes - 2) }))
    expect(await set(240 * 1024)).toBeUndefined()
    expect(await set(240 * 1024 + 1)).toBe('MAX_SIZE')
    expect(await codeOf(ask('secretSet', { key: 'k', value: 'ä'.repeat(120 * 1024) }))).toBe('MAX_SIZE')
  })

  it('accepts values up to 31 levels deep', async () => {
    const { ask } = await start()
    expect(await codeOf(ask('kvsSet', { key: 'k', value: nested(31) }))).toBeUndefined()
    expect(await codeOf(ask('kvsSet', { key: 'k', value: nested(32) }))).toBe('MAX_DEPTH')
  })

  it('lists at most 100 keys at once', async () => {
    const { ask } = await start()
    expect(await codeOf(ask('kvsQuery', { limit: 100 }))).toBeUndefined()
    expect(await codeOf(ask('kvsQuery', { limit: 101 }))).toBe('INVALID_LIMIT')
  })

  it('limits requests per second', async () => {
    const { ask, host } = await start({ kvsRequestsPerSecond: 2 })
    await atStartOf(1000, host, ask)
    const codes = []
    for (let time = 0; time < 3; time += 1) codes.push(await codeOf(ask('kvsGet', { key: 'k' })))
    expect(codes).toEqual([undefined, undefined, 'RATE_LIMIT_EXCEEDED'])
    host.advance(1000)
    expect(await codeOf(ask('kvsGet', { key: 'k' }))).toBeUndefined()
    expect(host.counts().refused).toEqual({ kvsRequestsPerSecond: 1 })
    expect(host.counts().most).toMatchObject({ kvsRequestsPerSecond: 2, kvsKeyLength: 1 })
  })

  it('limits units of 10 KiB read and written per minute', async () => {
    const { ask, host } = await start({ kvsReadUnitsPerMinute: 2, kvsWriteUnitsPerMinute: 2 })
    await atStartOf(60_000, host, ask)
    const value = 'x'.repeat(10 * 1024)
    expect(await codeOf(ask('kvsSet', { key: 'k', value }))).toBeUndefined()
    expect(await codeOf(ask('kvsSet', { key: 'k', value: 1 }))).toBe('RATE_LIMIT_EXCEEDED')
    expect(await codeOf(ask('kvsGet', { key: 'k' }))).toBeUndefined()
    expect(await codeOf(ask('kvsGet', { key: 'k' }))).toBe('RATE_LIMIT_EXCEEDED')
    host.advance(60_000)
    expect(await codeOf(ask('kvsGet', { key: 'k' }))).toBeUndefined()
    expect(host.counts().kvs).toMatchObject({ writes: 1, writtenBytes: value.length + 2 })
  })

  it('accepts up to 25 operations and 4 MiB in a transaction or a batch, and no key twice', async () => {
    const { ask } = await start({ kvsTransactionBytes: 5000, kvsBatchBytes: 5000 })
    const items = (count: number, value = 'v') => Array.from({ length: count }, (_, at) => ({ key: `k${at}`, value }))
    expect(await codeOf(ask('transact', { set: items(25) }))).toBeUndefined()
    expect(await codeOf(ask('transact', { set: items(25), remove: ['other'] }))).toBe('TRANSACTION_TOO_MANY_ITEMS')
    expect(await codeOf(ask('transact', { set: items(1), remove: ['k0'] }))).toBe('TRANSACTION_DUPLICATE_KEY')
    expect(await codeOf(ask('transact', { set: items(20, 'v'.repeat(250)) }))).toBe('MAX_SIZE')
    expect(await codeOf(ask('batchSet', { items: items(25) }))).toBeUndefined()
    expect(await codeOf(ask('batchSet', { items: items(26) }))).toBe('BATCH_TOO_MANY_ITEMS')
    expect(await codeOf(ask('batchSet', { items: items(20, 'v'.repeat(250)) }))).toBe('MAX_SIZE')
  })

  it('limits batches per minute', async () => {
    const { ask, host } = await start({ kvsBatchSetsPerMinute: 1 })
    await atStartOf(60_000, host, ask)
    const items = [{ key: 'k', value: 1 }]
    expect(await codeOf(ask('batchSet', { items }))).toBeUndefined()
    expect(await codeOf(ask('batchSet', { items }))).toBe('RATE_LIMIT_EXCEEDED')
  })
})

describe.skipIf(withoutSql)('sql', () => {
  it('accepts requests up to 1 MiB', async () => {
    const { ask } = await start()
    const query = 'SELECT LENGTH(?) AS n'
    const around = JSON.stringify({ query, params: [''], method: 'all' }).length
    const send = (bytes: number) => ask('sql', { query, params: ['x'.repeat(bytes - around)] })
    const limits = { invokeRequestBytes: 4_000_000 }
    expect((await send(1000)).value).toMatchObject({ rows: [{ n: 1000 - around }] })
    const { ask: askWide } = await start(limits)
    const wide = (bytes: number) => askWide('sql', { query, params: ['x'.repeat(bytes - around)] })
    expect(await codeOf(wide(1024 * 1024))).toBeUndefined()
    expect(await codeOf(wide(1024 * 1024 + 1))).toBe('INVALID_SQL_QUERY')
  })

  it('returns responses up to 4 MiB', async () => {
    const { ask } = await start()
    const query = (bytes: number) => `SELECT LENGTH(x) AS n FROM (SELECT REPEAT('x', ${bytes}) AS x) AS t`
    expect((await ask('sql', { query: query(10) })).value).toMatchObject({ rows: [{ n: 10 }] })
    const long = (bytes: number) => ask('sql', { query: `SELECT REPEAT('x', ${bytes}) AS x` })
    expect(await codeOf(long(4 * 1024 * 1024 - 1000))).toBeUndefined()
    expect(await codeOf(long(4 * 1024 * 1024))).toBe('SQL_EXECUTION_ERROR')
  })

  it('stops waiting for a slow read or write; the write continues in the database', async () => {
    const { ask, host } = await start({ sqlSelectSeconds: 1, sqlWriteSeconds: 1 })
    await ask('ddl', { query: 'CREATE TABLE t (id INT)' })
    expect(await codeOf(ask('sql', { query: 'SELECT SLEEP(0.05)' }))).toBeUndefined()
    expect(await codeOf(ask('sql', { query: 'SELECT SLEEP(10)' }))).toBe('QUERY_TIMED_OUT')
    expect(await codeOf(ask('sql', { query: 'INSERT INTO t SELECT SLEEP(1.5)' }))).toBe('QUERY_TIMED_OUT')
    await until(async () => (await host.database?.query('SELECT * FROM t'))?.length === 1)
  })

  it('stops waiting for a slow definition', async () => {
    const { ask, host } = await start({ sqlDdlSeconds: 0.5 })
    await host.database?.query('CREATE TABLE t (id INT)')
    await host.database?.query('INSERT INTO t VALUES (1)')
    const reading = ask('sql', { query: 'SELECT SLEEP(3) FROM t' })
    const queries = 'SELECT info FROM information_schema.processlist WHERE db = ?'
    await until(async () =>
      JSON.stringify(await host.database?.query(queries, [host.database.name])).includes('SLEEP(3)'),
    )
    expect(await codeOf(ask('ddl', { query: 'ALTER TABLE t ADD COLUMN name TEXT' }))).toBe('QUERY_TIMED_OUT')
    expect(await codeOf(reading)).toBeUndefined()
  })

  it('limits reads and writes per second, and definitions per minute', async () => {
    const { ask, host } = await start({ sqlDmlPerSecond: 2, sqlDdlPerMinute: 1 })
    await atStartOf(60_000, host, ask)
    const codes = []
    for (let time = 0; time < 3; time += 1) codes.push(await codeOf(ask('sql', { query: 'SELECT 1' })))
    expect(codes).toEqual([undefined, undefined, 'RATE_LIMIT_EXCEEDED'])
    expect(await codeOf(ask('ddl', { query: 'SELECT 1' }))).toBeUndefined()
    expect(await codeOf(ask('ddl', { query: 'SELECT 1' }))).toBe('RATE_LIMIT_EXCEEDED')
    host.advance(60_000)
    expect(await codeOf(ask('ddl', { query: 'SELECT 1' }))).toBeUndefined()
    expect(host.counts()).toMatchObject({ refused: { sqlDmlPerSecond: 1, sqlDdlPerMinute: 1 }, sql: { ddl: 3 } })
  })

  it('limits seconds of work per minute', async () => {
    const { ask, host } = await start({ sqlSecondsPerMinute: 0.1 })
    await atStartOf(60_000, host, ask)
    expect(await codeOf(ask('sql', { query: 'SELECT SLEEP(0.15)' }))).toBeUndefined()
    expect(await codeOf(ask('sql', { query: 'SELECT 1' }))).toBe('RATE_LIMIT_EXCEEDED')
    host.advance(60_000)
    expect(await codeOf(ask('sql', { query: 'SELECT 1' }))).toBeUndefined()
  })

  it('limits bytes of data and indexes; a full database can still be read, changed and emptied', async () => {
    // An empty table takes one page of 16 KiB, and each index another one.
    const page = 16 * 1024
    const { ask, host } = await start({ sqlStorageBytes: 2 * page })
    const insert = () => codeOf(ask('sql', { query: 'INSERT INTO t VALUES (1, 1)' }))
    const later = () => host.advance(10_000)
    await ask('ddl', { query: 'CREATE TABLE t (id INT PRIMARY KEY, n INT)' })
    expect(await insert()).toBeUndefined()
    expect(await codeOf(ask('sql', { query: 'DELETE FROM t' }))).toBeUndefined()
    await ask('ddl', { query: 'CREATE INDEX by_n ON t (n)' })
    later()
    expect(await insert()).toBeUndefined()
    await ask('ddl', { query: 'CREATE TABLE more (id INT PRIMARY KEY)' })
    later()
    expect((await ask('sql', { query: 'INSERT INTO t VALUES (2, 2)' })).thrown).toMatchObject({
      code: 'SQL_EXECUTION_ERROR',
      message: `The database is full: data and indexes have ${3 * page} bytes of ${2 * page}`,
    })
    for (const query of ['SELECT * FROM t', 'UPDATE t SET n = 2', 'DELETE FROM t'])
      expect([query, await codeOf(ask('sql', { query }))]).toEqual([query, undefined])
    await ask('ddl', { query: 'DROP TABLE more' })
    later()
    expect(await insert()).toBeUndefined()
    expect(host.counts()).toMatchObject({ refused: { sqlStorageBytes: 1 }, most: { sqlStorageBytes: 3 * page } })
  })

  it('limits the number of tables', async () => {
    const { ask } = await start({ sqlTables: 2 })
    const create = (name: string) => codeOf(ask('ddl', { query: `CREATE TABLE ${name} (id INT)` }))
    expect([await create('a'), await create('b'), await create('c')]).toEqual([
      undefined,
      undefined,
      'SQL_EXECUTION_ERROR',
    ])
  })
})
