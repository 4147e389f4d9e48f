import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chain, type AuditEntry, type Signer } from '@rollcall/core'
import { createSigner } from '@rollcall/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkpointAt } from '@rollcall/core/testing'
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
  signingKey: () => Promise.reject(new Error('nothing is signed')),
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

it('verification finds an altered, removed, moved or cut entry, with its index', async () => {
  const [one = '', two = '', three = ''] = lines()
  expect(await verify(one + two.replace('failed', 'applied') + three)).toMatchObject({ ok: false, index: 2 })
  expect(await verify(one + three)).toMatchObject({ ok: false, index: 2 })
  expect(await verify(two + one + three)).toMatchObject({ ok: false, index: 1 })
  expect(await verify(one + two)).toMatchObject({ ok: false, entries: 2, index: 3 })
})

it('verification finds an export that somebody altered and chained again', async () => {
  const forged: AuditEntry[] = []
  for (const { fact } of entries) forged.push(await chain(forged.at(-1), { ...fact, actor: 'somebody else' }, system))
  const text = forged.map((entry) => exportFormats['jsonl']?.line(entry) ?? '').join('')
  expect(await verify(text)).toMatchObject({ ok: false })
})

it('an export that is longer than the database shows that the database lost entries', async () => {
  const more = await chain(entries.at(-1), { at: 9000, actor: 'mia', event: 'stopped' }, system)
  expect(await verify(lines().join('') + (exportFormats['jsonl']?.line(more) ?? ''))).toMatchObject({
    ok: false,
    index: 4,
  })
})

describe('compared with its own database', () => {
  const signing = (): Signer => {
    let pem: string | undefined
    return createSigner({ read: async () => pem, keep: async (made) => void (pem ??= made) })
  }
  const [own, another] = [signing(), signing()]
  const log: AuditEntry[] = []
  beforeAll(async () => {
    for (let n = 1; n <= 8; n += 1)
      log.push(await chain(log.at(-1), { at: n * 1000, actor: 'mia', event: 'stopped' }, system))
  })
  /** A checkpoint line with the reason "pruned". */
  async function pruned(index: number, signer: Signer): Promise<string> {
    const ports = { auditLog: { addCheckpoint: async () => undefined }, signer, system: { now: () => 9000 } } as never
    const made = await checkpointAt(log[index - 1] as AuditEntry, 'pruned', ports)
    return exportFormats['jsonl']?.checkpoint(made) ?? ''
  }
  const written = (from: number, to = 8) =>
    log
      .slice(from - 1, to)
      .map((entry) => exportFormats['jsonl']?.line(entry) ?? '')
      .join('')
  /** Verifies against a database that begins at an entry; null for none. */
  async function against(begin: number | null, text: string) {
    const file = join(folder, 'against.jsonl')
    writeFileSync(file, text)
    const held = begin === null ? [] : log.slice(begin - 1)
    return verifyExport(
      file,
      {
        auditHead: async () => held.at(-1),
        auditPage: async (after, limit) => held.filter(({ index }) => index > after).slice(0, limit),
        signingKey: () => own.publicKey(),
      },
      system,
    )
  }

  it('verification finds an export without its beginning that another key signed, at that checkpoint', async () => {
    const forged = written(6) + (await pruned(5, another))
    expect(await against(1, forged)).toMatchObject({ ok: false, index: 5, message: expect.stringContaining('key') })
  })

  it('verification finds an export that begins later than the database, whatever key signed it', async () => {
    const cut = written(6) + (await pruned(5, own))
    expect(await against(1, cut)).toMatchObject({ ok: false, index: 1, message: expect.stringContaining('beginning') })
    expect(await against(6, cut)).toMatchObject({ ok: true, entries: 8 })
  })

  it('an export from before the removal of the oldest entries verifies, or is reported as older', async () => {
    expect(await against(6, written(1))).toMatchObject({ ok: true, entries: 8 })
    expect(await against(6, written(1, 3))).toMatchObject({
      ok: false,
      index: 4,
      message: expect.stringContaining('older'),
    })
  })

  it('without a database, an export that begins later names the key that it relies on', async () => {
    const cut = written(6) + (await pruned(5, another))
    const warning = expect.stringMatching(/begins at entry 6.*Compare/s)
    expect(await against(null, cut)).toMatchObject({ ok: true, warning })
    expect(await against(null, written(1))).not.toHaveProperty('warning')
  })
})

it('an invalid export is reported with file and line', async () => {
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

it('in OCSF a group change is Group Management, with its outcome and index', () => {
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

it('in OCSF any other event is User Management with a named activity', () => {
  const { action: _action, ...fact } = { ...(entries[0] as AuditEntry).fact, event: 'approved' }
  expect(ocsfEvent({ ...(entries[0] as AuditEntry), fact })).toMatchObject({
    class_uid: 3007,
    activity_id: 99,
    activity_name: 'approved',
  })
})
