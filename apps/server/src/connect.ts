// Puts the ports together: SQLite, Atlassian over HTTP, this machine's clock.

import { createDirectory } from '@rollcall/atlassian'
import {
  type AuditLog,
  brandId,
  type App,
  createApp,
  noteThrottle,
  type Ports,
  type Store,
  waitUnlessStopped,
} from '@rollcall/core'
import { system, unconnected } from '@rollcall/node'
import { createAuditLog, createStore, migrate, openSqlite } from '@rollcall/store'
import Database from 'better-sqlite3'
import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, realpathSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { databaseFailure } from './exit-codes.js'
import type { Settings } from './settings.js'
import { createSigner } from './signer.js'
import { createWatermark } from './watermark.js'

type Environment = Readonly<Record<string, string | undefined>>
const usualTimeout = 60_000
const howToConnect = 'Set ROLLCALL_ORG_ID and ROLLCALL_API_KEY (or ROLLCALL_API_KEY_FILE), or run "rollcall connect".'

/** Opens the database and brings it up to date. */
export async function openDatabase(file: string) {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const db = openSqlite(new Database(file))
    await migrate(db)
    return { store: createStore(db), auditLog: createAuditLog(db, system), close: () => db.destroy() }
  } catch (failure) {
    throw databaseFailure(failure, file)
  }
}
export type OpenDatabase = Awaited<ReturnType<typeof openDatabase>>

/** Frees the lane when its owner was a process of this machine that is gone. */
async function freeDeadLane({ store }: Ports): Promise<void> {
  const lane = await store.lane()
  const [host, pid] = lane?.owner.split(' ') ?? []
  if (lane === undefined || host !== hostname()) return
  try {
    process.kill(Number(pid), 0)
  } catch (failure) {
    // Another user's process answers EPERM: it is alive.
    if ((failure as NodeJS.ErrnoException).code === 'ESRCH') await store.releaseLease(lane)
  }
}

function directoryOf(
  { atlassianUrl, organizationId, readKey, actKey, requestTimeout = usualTimeout }: Settings,
  store: Store,
) {
  if (organizationId === '' || readKey === '') return unconnected(howToConnect)
  const fetchInTime = (url: string, init: { method: string; headers: Record<string, string>; body?: string }) =>
    fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(requestTimeout) })
  const keys = { readKey, ...(actKey === undefined ? {} : { actKey }) }
  const patient = { now: () => system.now(), wait: waitUnlessStopped(system, { store }) }
  return createDirectory({
    baseUrl: atlassianUrl,
    organizationId,
    ...keys,
    fetch: fetchInTime,
    system: patient,
    onWait: noteThrottle({ store }),
  })
}

/** Writes each checkpoint to a file as well, on another disk or a share: against it a cut log shows. */
function told(log: AuditLog, { ROLLCALL_CHECKPOINT_FILE: file }: Environment): AuditLog {
  if (file === undefined) return log
  return {
    ...log,
    async addCheckpoint(checkpoint) {
      await log.addCheckpoint(checkpoint)
      appendFileSync(file, `${JSON.stringify(checkpoint)}\n`, { mode: 0o600 })
    },
  }
}

/** Connects an open database to the organization of the settings; without one, only what is stored can be read. */
export async function connectTo(
  database: OpenDatabase,
  settings: Settings,
  demo = false,
  environment: Environment = process.env,
) {
  const { store, auditLog, close } = database
  const directory = directoryOf(settings, store)
  const signer = createSigner(store, environment)
  // One database has one watermark, by whatever name it was opened.
  const watermark = createWatermark(settings.watermark ?? `${realpathSync(settings.database)}.watermark`)
  const ports: Ports = { directory, store, auditLog: told(auditLog, environment), watermark, signer, system }
  await freeDeadLane(ports)
  const owner = `${hostname()} ${process.pid} ${randomUUID()}`
  const known = settings.organizationId || ((await store.snapshots(1))[0]?.organization.id ?? '')
  const requesters = settings.requester === undefined ? [] : [settings.requester]
  const app: App = createApp(ports, { organizationId: brandId(known), owner, demo, requesters })
  return { app, directory, store, close }
}
export type Connection = Awaited<ReturnType<typeof connectTo>>

/** Opens the database and connects it. */
export const connect = async (settings: Settings, environment: Environment = process.env): Promise<Connection> =>
  connectTo(await openDatabase(settings.database), settings, false, environment)
