// Puts the ports together: SQLite, Atlassian over HTTP, this machine's clock.

import { createDirectory } from '@rollcall/atlassian'
import { brandId, createApp, UsageError, type Ports, type System } from '@rollcall/core'
import { createAuditLog, createStore, migrate, openSqlite } from '@rollcall/store'
import Database from 'better-sqlite3'
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Settings } from './settings.js'

const requestTimeout = 60_000

export const system: System = {
  now: () => Date.now(),
  newId: () => randomUUID(),
  digest: (text) => Promise.resolve(createHash('sha256').update(text).digest('hex')),
  wait: (ms) => sleep(ms),
}

/** Frees the lane when its owner was a process of this machine that is gone. */
async function freeDeadLane({ store }: Ports): Promise<void> {
  const lane = await store.lane()
  const [host, pid] = lane?.owner.split(' ') ?? []
  if (lane === undefined || host !== hostname()) return
  try {
    process.kill(Number(pid), 0)
  } catch {
    await store.releaseLane(lane)
  }
}

/** Connects: opens the database, brings it up to date, and makes the app. */
export async function connect({ database, atlassianUrl, organizationId, readKey, actKey }: Settings) {
  if (organizationId === '' || readKey === '')
    throw new UsageError(
      'Set ROLLCALL_ORG_ID and ROLLCALL_API_KEY (or ROLLCALL_API_KEY_FILE) to connect an organization.',
    )
  mkdirSync(dirname(database), { recursive: true, mode: 0o700 })
  const db = openSqlite(new Database(database))
  await migrate(db)
  const fetchInTime = (url: string, init: { method: string; headers: Record<string, string>; body?: string }) =>
    fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(requestTimeout) })
  const keys = { readKey, ...(actKey === undefined ? {} : { actKey }) }
  const directory = createDirectory({ baseUrl: atlassianUrl, organizationId, ...keys, fetch: fetchInTime, system })
  const ports: Ports = { directory, store: createStore(db), auditLog: createAuditLog(db, system), system }
  await freeDeadLane(ports)
  const owner = `${hostname()} ${process.pid} ${randomUUID()}`
  const app = createApp(ports, { organizationId: brandId(organizationId), owner })
  return { app, directory, close: () => db.destroy() }
}
export type Connection = Awaited<ReturnType<typeof connect>>
