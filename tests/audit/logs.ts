// Audit logs to tamper with: the product makes them over SQLite, with names, checkpoints, erased people and removed heads.

import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { createApp, type AuditEntry, type AuditLog, type Checkpoint, type Ports, type Signer } from '@rollcall/core'
import { day } from '@rollcall/core'
import { checkpointAt, memoryDirectory, memoryWatermark, organization, testNow } from '@rollcall/core/testing'
import { createAuditLog, createStore, migrate, openSqlite } from '@rollcall/store'
import { createSigner } from '@rollcall/server/signer'
import { randomOf, type Random } from '../simulation/random.js'

export interface Log {
  readonly entries: readonly AuditEntry[]
  readonly checkpoints: readonly Checkpoint[]
  readonly signer: Signer
}

const digest = (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex'))

/** A database in memory with an app; its clock advances by itself. */
export async function openLog(seed: number) {
  const db = openSqlite(new Database(':memory:'))
  await migrate(db)
  let [now, ids] = [testNow, 0]
  const system = { now: () => now, newId: () => `${seed}-${(ids += 1)}`, digest, wait: async () => undefined }
  const store = createStore(db)
  const auditLog = createAuditLog(db, system)
  const signer = createSigner(store, { ROLLCALL_MASTER_KEY: 'ab'.repeat(32) })
  const directory = memoryDirectory(organization(), { system })
  const ports: Ports = { directory, store, auditLog, watermark: memoryWatermark(), signer, system }
  const app = createApp(ports, { organizationId: 'org-1' as never, owner: 'auditor' })
  return { app, ports, db, pass: (ms: number) => void (now += ms), close: () => db.destroy() }
}

const events = ['intent', 'result', 'planned', 'approved', 'synchronized', 'protected'] as const

/** Appends facts as runs do, some of them with names. */
export async function fill(auditLog: AuditLog, count: number, random: Random, at = testNow): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const subject = `account-${random.between(0, 50)}`
    const fact = { at: at + n, actor: random.pick(['mia', 'schedule', '=noah']), event: random.pick(events), subject }
    const details = { position: n, codes: ['too-many'], text: 'Zoë 🦊 "quoted"', share: random.next() }
    const personal = random.chance(0.5) ? { name: `Person ${n}`, email: `p${n}@acme.example` } : undefined
    await auditLog.append({ ...fact, details, planId: `plan-${n % 7}` }, personal)
  }
}

/** A log of a given length, with some checkpoints, and optionally with erased people and a removed head. */
export async function makeLog(seed: number, length: number): Promise<Log> {
  const random = randomOf(seed)
  const { app, ports, pass, close } = await openLog(seed)
  const { auditLog, signer } = ports
  const parts = 1 + random.between(0, 4)
  for (let part = 0; part < parts; part += 1) {
    await fill(auditLog, Math.ceil(length / parts), random)
    const head = await auditLog.head()
    if (head !== undefined) await checkpointAt(head, random.pick(['run', 'day', 'asked'] as const), ports)
  }
  await fill(auditLog, random.between(0, 4), random)
  if (random.chance(0.4)) await app.erasePerson(`account-${random.between(0, 50)}`, 'mia')
  if (random.chance(0.3)) {
    pass(500 * day)
    await fill(auditLog, random.between(3, length), random, testNow + 500 * day)
    await app.keepAudit('worker')
  }
  const entries = await auditLog.read(0, 1_000_000)
  const checkpoints = await auditLog.checkpoints()
  await close()
  return { entries, checkpoints, signer }
}
