// Rollcall with the same parts as a server: SQLite on disk, Atlassian over HTTP, the real clock.

import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { createSigner } from '@rollcall/server/signer'
import { createWatermark } from '@rollcall/server/watermark'
import { createDirectory } from '@rollcall/atlassian'
import { brandId, createApp, readPolicy, type Policy, type Ports } from '@rollcall/core'
import { createAuditLog, createStore, migrate, openSqlite } from '@rollcall/store'
import type { Connection } from './simulator.js'

const system = {
  now: () => Date.now(),
  newId: () => randomUUID(),
  digest: async (text: string) => createHash('sha256').update(text).digest('hex'),
  wait: (ms: number) => sleep(ms),
}
export const by = 'benchmark'
export const site = 'acme.atlassian.net'
export const product = 'jira-software'

/** Atlassian's client without the rest of Rollcall. */
export const directoryOf = ({ url, organizationId, key }: Connection) =>
  createDirectory({ baseUrl: url, organizationId, readKey: key, fetch, system })

/** Opens Rollcall on a new database; `close` removes it. */
export async function openRollcall(connection: Connection) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  const driver = new Database(join(folder, 'rollcall.db'))
  const db = openSqlite(driver)
  await migrate(db)
  const directory = directoryOf(connection)
  const store = createStore(db)
  const signer = createSigner(store, { ROLLCALL_MASTER_KEY: randomBytes(32).toString('hex') })
  const watermark = createWatermark(join(folder, 'rollcall.watermark'))
  const ports: Ports = { directory, store, auditLog: createAuditLog(db, system), watermark, signer, system }
  const app = createApp(ports, { organizationId: brandId(connection.organizationId), owner: by })
  const close = async () => {
    await db.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
  return { app, ports, driver, close }
}

/** The policy of the benchmarks: the one of the README, without its schedule. */
export function policy(): Policy {
  const read = readPolicy({
    name: 'Free unused Jira seats',
    scope: { site, product },
    conditions: { all: [{ 'inactive-for': '90d' }, { not: { 'in-group': 'contractors-keep' } }] },
    actions: ['revoke-product-access'],
    limits: { take: 25 },
  })
  if ('policy' in read) return read.policy
  throw new Error(read.problems.map(({ message }) => message).join())
}
