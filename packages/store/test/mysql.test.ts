// MySQL over a function that runs one statement, without any MySQL.

import { brandId } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { createStore, openMysql, type RunSql } from '../src/index.js'
import { run as storedRun, step } from './fixtures.js'

interface Said {
  readonly query: string
  readonly parameters: readonly unknown[]
  readonly kind: string
}

function listening(answer: RunSql) {
  const said: Said[] = []
  const db = openMysql((query, parameters, kind) => {
    said.push({ query, parameters, kind })
    return answer(query, parameters, kind)
  })
  return { said, db, store: createStore(db) }
}
const rows = async () => ({ rows: [] })
const affected = (affectedRows: number | string) => async () => ({ affectedRows })

describe('statements over MySQL', () => {
  it('use the method for schema changes when they change the schema, and only then', async () => {
    const { said, db, store } = listening(rows)
    await store.setting('a')
    await db.schema.createTable('t').addColumn('c', 'integer').execute()
    await db.schema.alterTable('t').dropColumn('c').execute()
    await db.schema.dropTable('t').execute()
    expect(said.map(({ kind }) => kind)).toEqual(['dml', 'ddl', 'ddl', 'ddl'])
  })

  it('write limits as literals, and pass all other values as parameters', async () => {
    const { said, store } = listening(rows)
    await store.snapshots(7)
    expect(said).toHaveLength(1)
    expect(said[0]?.query).toMatch(/ limit 7$/)
    expect(said[0]?.parameters).toEqual([1])
  })

  it('count rows that the driver returns as text', async () => {
    expect(await listening(affected('1')).store.insertRun(storedRun('r', 'p'))).toBe(true)
    expect(await listening(affected('0')).store.insertRun(storedRun('r', 'p'))).toBe(false)
  })

  it('have no transactions', async () => {
    const { db, said } = listening(rows)
    await expect(db.transaction().execute(async () => 1)).rejects.toThrow('there are no transactions and no streams')
    expect(said).toEqual([])
  })

  it('run again after a deadlock, and only then', async () => {
    const failing = (message: string) => {
      let calls = 0
      const { said, store } = listening(async () => {
        if ((calls += 1) < 3) throw new Error(message)
        return { rows: [{ value: 'v' }] }
      })
      return { said, value: () => store.setting('a') }
    }
    const victim = failing('Deadlock found when trying to get lock; try restarting transaction')
    expect(await victim.value()).toBe('v')
    expect(victim.said).toHaveLength(3)
    const broken = failing('Unknown column')
    await expect(broken.value()).rejects.toThrow('Unknown column')
    expect(broken.said).toHaveLength(1)
  })

  it('insert nothing longer than its column, which MySQL would truncate without an error', async () => {
    const { said, store } = listening(affected(1))
    const protection = { reason: 'board', by: 'mia', addedAt: 1 }
    await store.putProtection({ ...protection, subject: '🦊'.repeat(300) })
    await expect(store.putProtection({ ...protection, subject: 'x'.repeat(301) })).rejects.toMatchObject({
      code: 'too-long',
    })
    await expect(store.insertRun(storedRun('r'.repeat(129), 'p'))).rejects.toThrow('Shorten it, then try again.')
    expect(said).toHaveLength(1)
  })

  it('write a step with an update, and insert it only if there is none; both only while the lease is held', async () => {
    const { said, store } = listening(affected(1))
    expect(await store.putStep(step('r', 0), { token: 7 })).toBe(true)
    expect(said).toHaveLength(1)
    const another = listening(async (query) => (query.startsWith('select') ? { rows: [] } : { affectedRows: 0 }))
    expect(await another.store.putStep(step('r', 0), { token: 7 })).toBe(false)
    expect(another.said.map(({ query }) => /^[a-z ]+/.exec(query)?.[0].trim())).toEqual([
      'update',
      'insert ignore into',
      'select',
    ])
    for (const { query, parameters } of another.said.slice(0, 2)) {
      expect(query).toContain('exists (select 1 from `lane`')
      expect(parameters).toContain(7)
    }
  })
})

describe('errors of Forge SQL', () => {
  it('become a sentence for the admin', async () => {
    const failing = (code: string) =>
      listening(async () => {
        throw Object.assign(new Error('raw'), { code })
      }).store.plan(brandId('p'))
    await expect(failing('QUERY_TIMED_OUT')).rejects.toThrow('took longer over one request than it may')
    await expect(failing('SQL_EXECUTION_ERROR')).rejects.toMatchObject({ code: 'refused' })
    await expect(failing('APP_NOT_ENABLED')).rejects.toThrow('raw')
  })
})
