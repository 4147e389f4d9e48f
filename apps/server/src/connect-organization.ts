// Connects and disconnects for the page and the command line. Keys are tried before they are stored. A running server has
// its keys in memory and checks only the stop switch, so a change of the organization turns the switch on first.

import { readConnectionWanted, tryActKey } from '@rollcall/api'
import { DirectoryError, UsageError, type App, type KeysDescribed, type Organization } from '@rollcall/core'
import { system } from '@rollcall/node'
import { connectTo, type Connection, type OpenDatabase } from './connect.js'
import { deleteConnection, readStoredConnection, secretsOf, storeConnection } from './stored-connection.js'
import type { Settings } from './settings.js'
import type { Environment } from './environment-variables.js'

/** Where a connection is stored. */
export interface Place {
  readonly database: OpenDatabase
  readonly settings: Settings
  readonly environment: Environment
  readonly demo?: boolean
}

/** The new connection. */
export interface Connected {
  readonly opened: Connection
  readonly organization: Organization
  readonly keys: KeysDescribed
  /** Whether the stop switch was turned on, so that somebody has to allow runs again. */
  readonly halted: boolean
}

/** Reads the stored connection; `unreadable` when another master key encrypted it, so that its organization is unknown. */
async function keptIn({ database, environment }: Place) {
  secretsOf(environment) // throws for an invalid master key before anything else
  try {
    return await readStoredConnection(database.store, environment)
  } catch (failure) {
    if (failure instanceof UsageError) return 'unreadable'
    throw failure
  }
}

/** Connects: tries the keys, stops runs of another organization, then stores the keys encrypted. Throws when Atlassian refuses. */
export async function connectOrganization(request: unknown, by: string, place: Place): Promise<Connected> {
  const { database, settings, environment, demo = false } = place
  const kept = await keptIn(place)
  const before = kept === 'unreadable' ? undefined : kept
  const { organizationId, keys, enteredActKey, expiry } = readConnectionWanted(request, before)
  const as = (readKey: string, actKey: string | undefined) =>
    connectTo(database, { ...settings, organizationId, readKey, actKey: settings.actKey ?? actKey }, demo, environment)
  const opened = await as(keys.readKey, keys.actKey)
  const organization = await opened.directory.organization()
  if (organization.id !== organizationId)
    throw new DirectoryError(
      'forbidden',
      'The key belongs to another organization. Copy the organization id that Atlassian shows with the key.',
    )
  if (enteredActKey !== undefined) await tryActKey((await as(enteredActKey, undefined)).directory)
  const halted = kept === 'unreadable' || (kept !== undefined && kept.organizationId !== organizationId)
  if (halted) await opened.app.stop(by)
  await storeConnection(
    { organizationId, ...keys, connectedBy: by, connectedAt: system.now() },
    database.store,
    environment,
  )
  return { opened, organization, keys: await opened.app.recordNewKeys(expiry, by), halted }
}

/** Turns the stop switch on, then deletes the keys. Snapshots, runs and the audit log stay. */
export async function disconnectOrganization(
  app: App,
  by: string,
  { database }: Pick<Place, 'database'>,
): Promise<void> {
  await app.stop(by)
  await deleteConnection(database.store)
  await app.deleteKeyRecords()
}
