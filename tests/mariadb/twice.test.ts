// Rollcall repeats a statement whose response was lost, so every write may happen twice.

import { createHash, randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '@rollcall/core'
import { createAuditLog, migrate, type RunSql } from '@rollcall/store'
import { openDatabase, type OpenDatabase } from './database.js'
import { mariadb } from './shared.js'

const twice =
  (run: RunSql): RunSql =>
  async (query, parameters, kind) => {
    if (/^\s*(insert|update|delete)\b/i.test(query)) await run(query, parameters, kind)
    return run(query, parameters, kind)
  }
const system = {
  newId: () => randomUUID(),
  digest: async (text: string) => createHash('sha256').update(text).digest('hex'),
}

describe.skipIf(mariadb === undefined)('when every write happens twice', () => {
  let opened: OpenDatabase | undefined
  afterEach(() => opened?.close())

  it('the audit log still contains each fact once', async () => {
    opened = await openDatabase(mariadb, {}, twice)
    await migrate(opened.db)
    const log = createAuditLog(opened.db, system)
    const subjects = ['a', 'b', 'c', 'd']
    for (const subject of subjects)
      await log.append(
        { at: 1, actor: 'mia', event: 'forgotten', subject },
        subject === 'c' ? { name: 'Mia' } : undefined,
      )
    const entries: readonly AuditEntry[] = await log.read(0, 100)
    expect(entries.map(({ fact }) => fact.subject)).toEqual(subjects)
    expect(entries.map(({ index }) => index)).toEqual([1, 2, 3, 4])
  })
})
