// Connects: makes the app over the open ports, for one process of this machine.

import { type App, brandId, createApp, endSyncOf, type Ports } from '@rollcall/core'
import { hasDied, leaseOwner } from './lease-owner.js'
import { openDatabase, openPorts, type OpenDatabase } from './open-ports.js'
import type { Settings } from './settings.js'
import type { Environment } from './environment-variables.js'

export { openDatabase, type OpenDatabase } from './open-ports.js'

/** Releases what a process of this machine held that has died. */
async function releaseDead({ store }: Ports): Promise<void> {
  const lease = await store.lease()
  if (lease !== undefined && hasDied(lease.owner)) await store.releaseLease(lease)
  await endSyncOf(hasDied, { store })
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
  await releaseDead(ports)
  const owner = leaseOwner()
  const known = settings.organizationId || ((await store.snapshots(1))[0]?.organization.id ?? '')
  const requesters = settings.requester === undefined ? [] : [settings.requester]
  const app: App = createApp(ports, { organizationId: brandId(known), owner, demo, requesters })
  return { app, directory, store, close: database.close }
}
export type Connection = Awaited<ReturnType<typeof connectTo>>

/** Opens the database and connects it. */
export const connect = async (settings: Settings, environment: Environment = process.env): Promise<Connection> =>
  connectTo(await openDatabase(settings.database), settings, false, environment)
