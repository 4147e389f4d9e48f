// MySQL over a function that runs one statement, without a MySQL server.

import { brandId } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { createStore, openMysql, type RunSql } from '../src/index.js'
import { run as storedRun, step } from './fixtures.js'

interface Statement {
  readonly query: string
  readonly parameters: readonly unknown[]
  readonly kind: string
}

function recording(respond: RunSql) {
  const statements: Statement[] = []
  const db = openMysql((query, parameters, kind) => {
    statements.push({ query, parameters, kind })
    return respond(query, parameters, kind)
  })
  return { statements, db, store: createStore(db) }
}
const rows = async () => ({ rows: [] })
const affected = (affectedRows: number | string) => async () => ({ affectedRows })

describe('statements over MySQL', () => {
  it('use the method for schema changes only when they change the schema', async () => {
    const { statements, db, store } = recording(rows)
    await store.setting('a')
    await db.schema.createTable('t').addColumn('c', 'integer').execute()
    await db.schema.alterTable('t').dropColumn('c').execute()
    await db.schema.dropTable('t').execute()
    expect(statements.map(({ kind }) => kind)).toEqual(['dml', 'ddl', 'ddl', 'ddl'])
  })

  it('write limits as literals, and pass all other values as parameters', async () => {
    const { statements, store } = recording(rows)
    await store.snapshots(7)
    expect(statements).toHaveLength(1)
    expect(statements[0]?.query).toMatch(/ limit 7$/)
    expect(statements[0]?.parameters).toEqual([1])
  })

  it('count rows that the driver returns as text', async () => {
    expect(await recording(affected('1')).store.insertRun(storedRun('r', 'p'))).toBe(true)
    expect(await recording(affected('0')).store.insertRun(storedRun('r', 'p'))).toBe(false)
  })

  it('have no transactions', async () => {
    const { db, statements } = recording(rows)
    await expect(db.transaction().execute(async () => 1)).rejects.toThrow('there are no transactions and no streams')
    expect(statements).toEqual([])
  })

  it('run again only after a deadlock', async () => {
    const failing = (message: string) => {
      let calls = 0
      const { statements, store } = recording(async () => {
        if ((calls += 1) < 3) throw new Error(message)
        return { rows: [{ value: 'v' }] }
      })
      return { statements, value: () => store.setting('a') }
    }
    const victim = failing('Deadlock found when trying to get lock; try restarting transaction')
    expect(await victim.value()).toBe('v')
    expect(victim.statements).toHaveLength(3)
    const broken = failing('Unknown column')
    await expect(broken.value()).rejects.toThrow('Unknown column')
    expect(broken.statements).toHaveLength(1)
  })

  it('reject a text that is longer than its column, which MySQL would truncate without an error', async () => {
    const { statements, store } = recording(affected(1))
    const protection = { reason: 'board', by: 'mia', addedAt: 1 }
    await store.putProtection({ ...protection, subject: '🦊'.repeat(300) })
    const before = statements.length
    await expect(store.putProtection({ ...protection, subject: 'x'.repeat(301) })).rejects.toMatchObject({
      code: 'too-long',
    })
    await expect(store.insertRun(storedRun('r'.repeat(129), 'p'))).rejects.toThrow('Shorten it, then try again.')
    expect(statements).toHaveLength(before)
  })

  it('update a step, or insert a missing one, and both require the lease', async () => {
    const { statements, store } = recording(affected(1))
    expect(await store.putStep(step('r', 0), { token: 7 })).toBe(true)
    expect(statements).toHaveLength(1)
    const another = recording(async (query) => (query.startsWith('select') ? { rows: [] } : { affectedRows: 0 }))
    expect(await another.store.putStep(step('r', 0), { token: 7 })).toBe(false)
    expect(another.statements.map(({ query }) => /^[a-z ]+/.exec(query)?.[0].trim())).toEqual([
      'update',
      'insert ignore into',
      'select',
    ])
    for (const { query, parameters } of another.statements.slice(0, 2)) {
      expect(query).toContain('exists (select 1 from `lane`')
      expect(parameters).toContain(7)
    }
  })
})

describe('errors of Forge SQL', () => {
  it('become sentences for the admin', async () => {
    const failing = (code: string) =>
      recording(async () => {
        throw Object.assign(new Error('raw'), { code })
      }).store.plan(brandId('p'))
    await expect(failing('QUERY_TIMED_OUT')).rejects.toThrow('took longer over one request than it may')
    await expect(failing('SQL_EXECUTION_ERROR')).rejects.toMatchObject({ code: 'refused' })
    await expect(failing('APP_NOT_ENABLED')).rejects.toThrow('raw')
  })
})
