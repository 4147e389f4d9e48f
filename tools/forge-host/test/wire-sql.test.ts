// The protocol of Forge SQL: both endpoints, the shape of rows, error codes, and statements that the platform refuses.

import { beforeAll, describe, expect, it } from 'vitest'
import { closeAfterAll, sqlServer, startProbe, withoutSql } from './probe.js'

closeAfterAll()
let { host, ask } = {} as Awaited<ReturnType<typeof startProbe>>
beforeAll(async () => {
  if (sqlServer === undefined) return
  ;({ host, ask } = await startProbe({ sql: sqlServer, limits: { sqlDdlPerMinute: 1000 } }))
  await ask('ddl', {
    query: 'CREATE TABLE things (id BIGINT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(50), at DATETIME)',
  })
})
const valueOf = async (operation: string, payload: unknown = {}) => {
  const told = await ask(operation, payload)
  expect(told.thrown).toBeUndefined()
  return told.value
}
const errorOf = async (operation: string, payload: unknown = {}) => (await ask(operation, payload)).thrown
const refused = { kind: 'ForgeSQLAPIError', name: 'ForgeSQLError', code: 'INVALID_SQL_QUERY' }

describe.skipIf(withoutSql)('sql', () => {
  it('returns the result header of a write', async () => {
    const query = 'INSERT INTO things (name) VALUES (?), (?)'
    expect(await valueOf('sql', { query, params: ['one', 'two'] })).toMatchObject({
      rows: { affectedRows: 2, insertId: 1, fieldCount: 0, warningStatus: 0, info: expect.any(String) as string },
    })
  })

  it('returns the rows of a read', async () => {
    await valueOf('sql', { query: 'INSERT INTO things (name, at) VALUES (?, ?)', params: ['x', '2026-11-26 05:06:07'] })
    expect(await valueOf('sql', { query: 'SELECT name, at FROM things WHERE name = ?', params: ['x'] })).toMatchObject({
      rows: [{ name: 'x', at: '2026-11-26 05:06:07' }],
    })
  })

  it('returns whole numbers as numbers while they are exact, and larger ones as texts', async () => {
    const query = 'SELECT 9007199254740991 AS most, 9007199254740993 AS more, 1.50 AS part, NULL AS nothing'
    expect(await valueOf('sql', { query })).toMatchObject({
      rows: [{ most: 9007199254740991, more: '9007199254740993', part: '1.50', nothing: null }],
    })
  })

  it('follows the clock of the host', async () => {
    host.advance(365 * 24 * 3_600_000)
    const { rows } = (await valueOf('sql', { query: 'SELECT UNIX_TIMESTAMP(NOW()) AS now' })) as {
      rows: { now: number }[]
    }
    expect(Math.abs(Number(rows[0]?.now) * 1000 - host.now())).toBeLessThan(5000)
  })

  it('compares texts byte by byte, in UTC, strictly, as TiDB does', async () => {
    await valueOf('sql', { query: "INSERT INTO things (name) VALUES ('Ada')" })
    expect(await valueOf('sql', { query: "SELECT name FROM things WHERE name = 'ada'" })).toMatchObject({ rows: [] })
    expect(await valueOf('sql', { query: "SELECT 'a' = 'A' AS same, @@time_zone AS zone" })).toMatchObject({
      rows: [{ same: 0, zone: '+00:00' }],
    })
    const long = 'x'.repeat(51)
    expect(await errorOf('sql', { query: 'INSERT INTO things (name) VALUES (?)', params: [long] })).toMatchObject({
      code: 'SQL_EXECUTION_ERROR',
    })
  })

  it('runs migrations once, and lists them', async () => {
    const steps = { 'v1 notes': 'CREATE TABLE IF NOT EXISTS notes (id INT PRIMARY KEY)' }
    expect(await valueOf('migrate', { steps })).toEqual(['v1 notes'])
    expect(await valueOf('migrate', { steps })).toEqual([])
    expect(await valueOf('migrations')).toMatchObject([{ id: 1, name: 'v1 notes' }])
    expect(Date.parse(((await valueOf('migrations')) as { migratedAt: string }[])[0]?.migratedAt ?? '')).not.toBeNaN()
  })

  it('reports a statement that it cannot parse as an invalid query', async () => {
    expect(await errorOf('sql', { query: 'SELECT FROM WHERE' })).toMatchObject(refused)
  })

  it('reports a failed statement as an execution error, with the details of the database', async () => {
    expect(await errorOf('sql', { query: 'SELECT * FROM nowhere' })).toMatchObject({
      code: 'SQL_EXECUTION_ERROR',
      context: { debug: { code: 'ER_NO_SUCH_TABLE', errno: 1146 } },
    })
    await valueOf('sql', { query: "INSERT INTO things (id, name) VALUES (1000, 'taken')" })
    expect(await errorOf('sql', { query: "INSERT INTO things (id, name) VALUES (1000, 'again')" })).toMatchObject({
      context: { debug: { code: 'ER_DUP_ENTRY', errno: 1062 } },
    })
  })

  it.each([
    'CREATE TABLE t (id INT)',
    'DROP TABLE things',
    'BEGIN',
    'START TRANSACTION',
    'COMMIT',
    'ROLLBACK',
    'SET @a = 1',
    'CALL something()',
    'REPLACE INTO things (id) VALUES (1)',
    'SELECT 1; SELECT 2',
    "INSERT INTO things (name) VALUES ('a') RETURNING id",
    "SELECT '1' INTO OUTFILE '/tmp/x'",
    'SELECT /*! 1 + */ 1',
    '',
  ])('refuses at the endpoint for reads and writes: %s', async (query) => {
    expect(await errorOf('sql', { query })).toMatchObject(refused)
  })

  it.each([
    'INSERT INTO things (id) VALUES (1)',
    'BEGIN',
    'SET GLOBAL max_connections = 1',
    'CREATE TABLE child (id INT, thing BIGINT, FOREIGN KEY (thing) REFERENCES things (id))',
    'CREATE TABLE child (id INT, thing BIGINT REFERENCES things (id))',
    'CREATE PROCEDURE p() SELECT 1',
    'CREATE FUNCTION f() RETURNS INT RETURN 1',
    'CREATE TRIGGER t BEFORE INSERT ON things FOR EACH ROW SET NEW.id = 1',
    'CREATE SEQUENCE s',
    'CREATE DATABASE other',
    'CREATE USER somebody',
    'CREATE OR REPLACE TABLE things (id INT)',
    'CREATE TEMPORARY TABLE t (id INT)',
    'DROP DATABASE other',
    'USE mysql',
    'GRANT ALL ON *.* TO root',
  ])('refuses at the endpoint for definitions: %s', async (query) => {
    expect(await errorOf('ddl', { query })).toMatchObject(refused)
  })

  it('accepts reads, explanations and lists of tables, and a semicolon at the end or in a text', async () => {
    await valueOf('sql', { query: 'SHOW TABLES' })
    await valueOf('sql', { query: 'EXPLAIN SELECT * FROM things' })
    await valueOf('ddl', { query: 'SELECT 1;' })
    expect(await valueOf('sql', { query: "SELECT ';' AS semicolon -- and; this" })).toMatchObject({
      rows: [{ semicolon: ';' }],
    })
  })

  it('requires one plain value as a parameter for each placeholder', async () => {
    expect(await errorOf('sql', { query: 'SELECT ?', params: [] })).toMatchObject(refused)
    expect(await errorOf('sql', { query: "SELECT '?'", params: [1] })).toMatchObject(refused)
    expect(await errorOf('sql', { query: 'SELECT ?', params: [{ a: 1 }] })).toMatchObject(refused)
    expect(await valueOf('sql', { query: 'SELECT ? AS yes, ? AS none', params: [true, null] })).toMatchObject({
      rows: [{ yes: 1, none: null }],
    })
  })

  it('creates a database for each installation, and drops it', async () => {
    const { host: second, ask: askSecond } = await startProbe({ ...(sqlServer && { sql: sqlServer }) })
    expect((await askSecond('sql', { query: 'SELECT * FROM things' })).thrown).toMatchObject({
      code: 'SQL_EXECUTION_ERROR',
    })
    const name = second.database?.name ?? ''
    await second.close()
    expect(await host.database?.query('SHOW DATABASES LIKE ?', [name])).toEqual([])
  })
})

it('is disabled without a server', async () => {
  const { ask: askBare } = await startProbe()
  expect((await askBare('sql', { query: 'SELECT 1' })).thrown).toMatchObject({ code: 'APP_NOT_ENABLED' })
})
