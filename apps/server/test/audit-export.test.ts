import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chain, type AuditEntry } from '@rollcall/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exportFormats, verifyExport } from '../src/audit-export.js'
import { ocsfEvent } from '../src/ocsf.js'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-export-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const system = { digest: (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex')) }
const entries: AuditEntry[] = []
beforeAll(async () => {
  for (const [index, outcome] of ['applied', 'failed', 'applied'].entries()) {
    const details = { position: index, changes: [{ kind: 'remove-from-group', groupId: 'g1' }] }
    const fact = {
      at: index * 1000,
      actor: '=HYPERLINK("x")',
      event: 'result',
      action: 'remove-from-group',
      outcome,
      subject: `a${index}`,
      details,
    }
    entries.push(await chain(entries.at(-1), fact, system))
  }
})

const origin = {
  auditHead: () => Promise.resolve(entries.at(-1)),
  auditPage: (after: number, limit: number) => Promise.resolve(entries.slice(after, after + limit)),
}
const verify = (text: string) => {
  const file = join(folder, 'export.jsonl')
  writeFileSync(file, text)
  return verifyExport(file, origin, system)
}
const lines = () => entries.map((entry) => exportFormats['jsonl']?.line(entry) ?? '')

it('an export in JSON Lines verifies', async () => {
  expect(await verify(lines().join(''))).toMatchObject({ ok: true, entries: 3 })
})

it('an altered, removed, moved or cut entry is found, with its index', async () => {
  const [one = '', two = '', three = ''] = lines()
  expect(await verify(one + two.replace('failed', 'applied') + three)).toMatchObject({ ok: false, index: 2 })
  expect(await verify(one + three)).toMatchObject({ ok: false, index: 2 })
  expect(await verify(two + one + three)).toMatchObject({ ok: false, index: 1 })
  expect(await verify(one + two)).toMatchObject({ ok: false, entries: 2, index: 3 })
})

it('an export that was altered and chained anew is found', async () => {
  const forged: AuditEntry[] = []
  for (const { fact } of entries) forged.push(await chain(forged.at(-1), { ...fact, actor: 'somebody else' }, system))
  const text = forged.map((entry) => exportFormats['jsonl']?.line(entry) ?? '').join('')
  expect(await verify(text)).toMatchObject({ ok: false })
})

it('an export that is longer than the database tells that the database lost its tail', async () => {
  const more = await chain(entries.at(-1), { at: 9000, actor: 'mia', event: 'stopped' }, system)
  expect(await verify(lines().join('') + (exportFormats['jsonl']?.line(more) ?? ''))).toMatchObject({
    ok: false,
    index: 4,
  })
})

it('a file that is no export is named with its line', async () => {
  await expect(verify(`${lines()[0]}{"half`)).rejects.toThrow(/export\.jsonl:2: is not an audit entry/)
  await expect(verify('[]\n')).rejects.toThrow(/:1: /)
})

it('in CSV a cell that begins like a formula stays text', () => {
  expect(exportFormats['csv']?.line(entries[0] as AuditEntry)).toContain(`"'=HYPERLINK(""x"")"`)
})

it('in CSV a cell stays text where a spreadsheet cuts it at a semicolon', async () => {
  const hostile = await chain(undefined, { at: 1, actor: "x;=cmd|'/c calc'!A1", event: 'stopped' }, system)
  expect(exportFormats['csv']?.line(hostile)).toContain(`,"x;'=cmd|'/c calc'!A1",`)
})

it('in OCSF a group change is Group Management, with its outcome and its place in the chain', () => {
  const [first, second] = entries.map(ocsfEvent)
  expect(first).toMatchObject({
    class_uid: 3006,
    activity_id: 4,
    type_uid: 300604,
    status_id: 1,
    group: { uid: 'g1' },
    user: { uid: 'a0' },
  })
  expect(second).toMatchObject({ status_id: 2, metadata: { sequence: 2, uid: entries[1]?.hash } })
})

it('in OCSF everything else is User Management with an activity that is named', () => {
  const { action: _action, ...fact } = { ...(entries[0] as AuditEntry).fact, event: 'approved' }
  expect(ocsfEvent({ ...(entries[0] as AuditEntry), fact })).toMatchObject({
    class_uid: 3007,
    activity_id: 99,
    activity_name: 'approved',
  })
})
