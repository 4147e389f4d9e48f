// Opens the real ports: SQLite, Atlassian over HTTP, files for watermark and checkpoints, this machine's clock. The server,
// the command line and the tests all open them here.

import { createDirectory, type Fetch } from '@rollcall/atlassian'
import { type AuditLog, noteThrottle, type Ports, type System, waitUnlessStopped } from '@rollcall/core'
import { system as machine, unconnected } from '@rollcall/node'
import { createAuditLog, createStore, migrate, openSqlite } from '@rollcall/store'
import Database from 'better-sqlite3'
import { appendFileSync, mkdirSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { atlassianFetch } from './atlassian-fetch.js'
import { databaseFailure } from './exit-codes.js'
import type { Settings } from './settings.js'
import { machineClock } from './simulated-clock.js'
import { createStopMark } from './stop-mark.js'
import { createSigner } from './signer.js'
import { createWatermark } from './watermark.js'
import { valueOf, type Environment } from './environment-variables.js'

const howToConnect = 'Set ROLLCALL_ORG_ID and ROLLCALL_API_KEY (or ROLLCALL_API_KEY_FILE), or run "rollcall connect".'

/** Opens the database and brings it up to date. */
export async function openDatabase(file: string, openFile = (path: string): Database.Database => new Database(path)) {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const db = openSqlite(openFile(file))
    await migrate(db)
    return { store: createStore(db), auditLog: createAuditLog(db, machine), close: () => db.destroy() }
  } catch (failure) {
    throw databaseFailure(failure, file)
  }
}
export type OpenDatabase = Awaited<ReturnType<typeof openDatabase>>

function openDirectory(
  settings: Settings,
  { store, stopMark }: Pick<Ports, 'store' | 'stopMark'>,
  environment: Environment,
  system: System,
) {
  const { atlassianUrl, organizationId, readKey, actKey, requestTimeout } = settings
  if (organizationId === '' || readKey === '') return unconnected(howToConnect)
  // A test brings a clock of its own, which is compared as it is.
  const clock = system === machine ? machineClock(machine, atlassianUrl) : { ...system, observe: () => undefined }
  const request = atlassianFetch(environment)
  async function send(url: string, init: Parameters<Fetch>[1]) {
    const response = await request(url, { ...init, redirect: 'error' })
    clock.observe(response.headers.get('x-simulated-time'))
    return response
  }
  return createDirectory({
    baseUrl: atlassianUrl,
    organizationId,
    readKey,
    ...(actKey === undefined ? {} : { actKey }),
    fetch: send,
    requestTimeout,
    system: { ...clock, wait: waitUnlessStopped(system, { store, ...(stopMark === undefined ? {} : { stopMark }) }) },
    onWait: noteThrottle({ store }),
  })
}

/** Also writes each checkpoint to a file, on another disk or a network share. Comparing the two reveals a cut log. */
function withCheckpointFile(log: AuditLog, environment: Environment): AuditLog {
  const file = valueOf(environment, 'ROLLCALL_CHECKPOINT_FILE')
  if (file === undefined) return log
  return {
    ...log,
    async addCheckpoint(checkpoint) {
      await log.addCheckpoint(checkpoint)
      appendFileSync(file, `${JSON.stringify(checkpoint)}\n`, { mode: 0o600 })
    },
  }
}

/** Opens the ports over an open database. Without an organization in the settings, only stored data can be read. */
export function openPorts(
  { store, auditLog }: OpenDatabase,
  settings: Settings,
  environment: Environment,
  system: System = machine,
): Ports {
  const database = realpathSync(settings.database)
  const stopMark = createStopMark(`${database}.stop`)
  return {
    directory: openDirectory(settings, { store, stopMark }, environment, system),
    store,
    auditLog: withCheckpointFile(auditLog, environment),
    // A database has one watermark, also when a link opens it.
    watermark: createWatermark(settings.watermark ?? `${database}.watermark`),
    signer: createSigner(store, environment),
    system,
    stopMark,
  }
}
