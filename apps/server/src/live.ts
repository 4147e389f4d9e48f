// The connection of a running server. When an admin enters keys on the page, Rollcall tests and encrypts them and opens a
// new app. If environment variables set the connection, the page cannot change it.

import type { ConnectionState } from '@rollcall/api'
import { UsageError, type App } from '@rollcall/core'
import { connectTo, type OpenDatabase } from './connect.js'
import { connectOrganization, disconnectOrganization } from './connect-organization.js'
import { readStoredConnection, encryptedConnection, withStoredConnection } from './stored-connection.js'
import { readSettings } from './settings.js'
import type { Environment } from './environment-variables.js'

/** The app of a running server, whose connection may change. */
export interface Live {
  readonly app: App
  connection(): Promise<ConnectionState>
  connect(request: unknown, by: string): Promise<ConnectionState>
  /** Turns the stop switch on first, so that runs stop. An admin turns it off after connecting again. */
  disconnect(by: string): Promise<null>
  /** Opens a new app if the command line has connected or disconnected in the meantime. */
  renew(): Promise<void>
}

const endOf = (text: string): string => text.slice(-4)

/** Opens the app over a database, with the connection of the environment or the stored one. */
export async function openLive(database: OpenDatabase, environment: Environment, demo: boolean): Promise<Live> {
  const settings = readSettings(environment)
  const fixed = settings.organizationId !== '' && settings.readKey !== ''
  const place = { database, settings, environment, demo }
  const open = async () => {
    const as = await withStoredConnection(settings, database.store, environment)
    return connectTo(database, as, demo, environment)
  }
  let seen = await encryptedConnection(database.store)
  let current = await open()

  async function connection(): Promise<ConnectionState> {
    if (fixed) return { elsewhere: true }
    const kept = await readStoredConnection(database.store, environment)
    if (kept === undefined) return null
    const { organizationId, readKey, connectedBy = null, connectedAt = null } = kept
    const actKey = settings.actKey ?? kept.actKey
    const ends = { readKeyEnd: endOf(readKey), actKeyEnd: actKey === undefined ? null : endOf(actKey) }
    return { organizationId, connectedBy, connectedAt, ...ends }
  }
  function requireChangeable(): void {
    if (fixed) throw new UsageError('Environment variables of the server set the organization. Change it there.')
  }
  async function renew(): Promise<void> {
    const encrypted = await encryptedConnection(database.store)
    if (fixed || encrypted === seen) return
    current = await open()
    seen = encrypted
  }
  return {
    get app() {
      return current.app
    },
    connection,
    renew,
    async connect(request, by) {
      requireChangeable()
      current = (await connectOrganization(request, by, place)).opened
      seen = await encryptedConnection(database.store)
      return connection()
    },
    async disconnect(by) {
      requireChangeable()
      await disconnectOrganization(current.app, by, place)
      await renew()
      return null
    },
  }
}
