// Connects: makes the app over the open ports, for one process of this machine.

import { type App, brandId, createApp, type Ports } from '@rollcall/core'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { openDatabase, openPorts, type OpenDatabase } from './open-ports.js'
import type { Settings } from './settings.js'
import type { Environment } from './environment-variables.js'

export { openDatabase, type OpenDatabase } from './open-ports.js'

/** Releases the lease of a process of this machine that has died. */
async function releaseDeadLease({ store }: Ports): Promise<void> {
  const lease = await store.lease()
  const [host, pid] = lease?.owner.split(' ') ?? []
  if (lease === undefined || host !== hostname()) return
  try {
    process.kill(Number(pid), 0)
  } catch (failure) {
    // EPERM means that the process of another user is alive.
    if ((failure as NodeJS.ErrnoException).code === 'ESRCH') await store.releaseLease(lease)
  }
}

/** Connects an open database to the organization of the settings. Without one, only stored data can be read. */
export async function connectTo(
  database: OpenDatabase,
  settings: Settings,
  demo = false,
  environment: Environment = process.env,
) {
  const ports = openPorts(database, settings, environment)
  const { store, directory } = ports
  await releaseDeadLease(ports)
  const owner = `${hostname()} ${process.pid} ${randomUUID()}`
  const known = settings.organizationId || ((await store.snapshots(1))[0]?.organization.id ?? '')
  const requesters = settings.requester === undefined ? [] : [settings.requester]
  const app: App = createApp(ports, { organizationId: brandId(known), owner, demo, requesters })
  return { app, directory, store, close: database.close }
}
export type Connection = Awaited<ReturnType<typeof connectTo>>

/** Opens the database and connects it. */
export const connect = async (settings: Settings, environment: Environment = process.env): Promise<Connection> =>
  connectTo(await openDatabase(settings.database), settings, false, environment)
