// Unreadable rows: they may contain a protection, a pause or a sent change, so they never count as absent.

import { brandId, type Step } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { open, run, snapshot, step } from './fixtures.js'

type Table = 'protections' | 'vetoes' | 'runs' | 'steps' | 'snapshots'
const now = 1_700_000_000_000

/** A database with one valid row in each table, and functions that write raw JSON into its document. */
async function openFilled() {
  const { driver, store } = await open()
  const lease = (await store.claimLease('worker', 0, 100)) ?? expect.fail('the lease was not free')
  const accountId = brandId<Step['accountId']>('a1')
  const vetoed = { accountId, action: 'suspend-access', runId: run('r', 'p').runId } as const
  const protection = { subject: 'a1', reason: 'board', by: 'mia', addedAt: now, until: now }
  await store.putProtection({ ...protection, groupIds: [brandId('g')] })
  await store.putVeto({ ...vetoed, since: now, until: now, times: 1 })
  await store.insertRun(run('r', 'p', { stage: 1, restUntil: now, judgedFrom: 1, finishedAt: now, approvedAt: now }))
  await store.putStep(step('r', 0, { accepted: 0, sentAt: now, endedAt: now }), lease)
  await store.putSnapshot(snapshot('s', { asOf: now, baseline: 5 }))
  const write = (table: Table, field: string, json: string) =>
    driver.prepare(`update ${table} set doc = json_set(doc, '$.${field}', json(?))`).run(json)
  const remove = (table: Table, field: string) =>
    driver.prepare(`update ${table} set doc = json_remove(doc, '$.${field}')`).run()
  const replace = (table: Table, text: string) => driver.prepare(`update ${table} set doc = ?`).run(text)
  const read: Readonly<Record<Table, () => Promise<unknown>>> = {
    protections: () => store.protections(),
    vetoes: () => store.vetoes(),
    runs: () => store.run(brandId('r')),
    steps: () => store.steps(brandId('r')),
    snapshots: () => store.snapshots(1),
  }
  return { store, write, remove, replace, read }
}

const invalidTimes = ['"2030-01-01"', 'null', '"NaN"', '1e999', 'true', '[1]', '""'] as const
const invalidCounts = ['"1"', 'null', '-1', '1.5', 'true'] as const
const times: readonly (readonly [Table, readonly string[]])[] = [
  ['protections', ['addedAt', 'until']],
  ['vetoes', ['since', 'until']],
  ['runs', ['startedAt', 'restUntil', 'approvedAt', 'finishedAt']],
  ['steps', ['intentAt', 'leftAt', 'endedAt']],
  ['snapshots', ['startedAt', 'asOf', 'usual', 'accounts', 'quiet', 'admins']],
]
const counts: readonly (readonly [Table, readonly string[]])[] = [
  ['vetoes', ['times']],
  ['runs', ['stage', 'judgedFrom']],
  ['steps', ['position', 'attempts', 'accepted']],
]
const words: readonly (readonly [Table, string, string])[] = [
  ['protections', 'subject', '7'],
  ['protections', 'groupIds', '"g"'],
  ['protections', 'groupIds', 'null'],
  ['vetoes', 'accountId', 'null'],
  ['vetoes', 'runId', '7'],
  ['runs', 'status', '"paused"'],
  ['runs', 'accepted', '"too-many"'],
  ['runs', 'undoOf', 'null'],
  ['steps', 'state', '"landed"'],
  ['steps', 'accountId', 'null'],
  ['steps', 'action', '"suspend"'],
  ['steps', 'changes', 'null'],
  ['snapshots', 'complete', '"false"'],
  ['snapshots', 'quietIn', 'null'],
  ['snapshots', 'quietIn', '{"anywhere":7}'],
  ['snapshots', 'quietIn', '{"anywhere":{"people":1,"quiet":[null]}}'],
]
const unreadable: readonly (readonly [Table, string, readonly string[]])[] = [
  ...times.flatMap(([table, fields]) => fields.map((field) => [table, field, invalidTimes] as const)),
  ...counts.flatMap(([table, fields]) => fields.map((field) => [table, field, invalidCounts] as const)),
  ...words.map(([table, field, json]) => [table, field, [json]] as const),
]

describe('a row with an unreadable value', () => {
  it.each(unreadable)(
    'of %s, in "%s", is damaged, even when its other fields are valid',
    async (table, field, values) => {
      const { write, read } = await openFilled()
      for (const json of values) {
        write(table, field, json)
        await expect(read[table](), json).rejects.toMatchObject({ code: 'corrupt' })
      }
    },
  )

  it.each(['protections', 'vetoes', 'runs', 'steps', 'snapshots'] as const)(
    'of %s is damaged when it is not a document, and valid when it is complete',
    async (table) => {
      const { read, replace } = await openFilled()
      await read[table]()
      for (const text of ['null', '7', '"x"', '{']) {
        replace(table, text)
        await expect(read[table]()).rejects.toMatchObject({ code: 'corrupt' })
      }
    },
  )

  it.each([
    ['protections', ['until', 'groupIds']],
    ['vetoes', ['until']],
    ['runs', ['stage', 'restUntil', 'judgedFrom', 'approvedAt', 'finishedAt']],
    ['steps', ['intentAt', 'accepted', 'leftAt', 'endedAt']],
    ['snapshots', ['asOf', 'usual']],
  ] as const)('is not reported when %s lack %s', async (table, fields) => {
    const { remove, read } = await openFilled()
    for (const field of fields) remove(table, field)
    await read[table]()
  })
})
