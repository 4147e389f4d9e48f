// Connecting and disconnecting, by the page or the command line: keys are tried before they are kept. A server has its keys
// in memory and asks the stop switch only, so that is turned on before another organization is connected, or none.

import { readConnectionWanted, tryActKey } from '@rollcall/api'
import { DirectoryError, UsageError, type App, type KeysDescribed, type Organization } from '@rollcall/core'
import { system } from '@rollcall/node'
import { connectTo, type Connection, type OpenDatabase } from './connect.js'
import { forget, readRemembered, remember, secretsOf } from './credentials.js'
import type { Settings } from './settings.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Where a connection is kept. */
export interface Place {
  readonly database: OpenDatabase
  readonly settings: Settings
  readonly environment: Environment
  readonly demo?: boolean
}

/** What was connected. */
export interface Connected {
  readonly opened: Connection
  readonly organization: Organization
  readonly keys: KeysDescribed
  /** Whether what runs was stopped for it: somebody has to resume. */
  readonly halted: boolean
}

/** What is kept; `unreadable` under another master key, as which nobody can tell whose it was. */
async function keptIn({ database, environment }: Place) {
  secretsOf(environment) // a master key that is none is said before anything is done
  try {
    return await readRemembered(database.store, environment)
  } catch (failure) {
    if (failure instanceof UsageError) return 'unreadable'
    throw failure
  }
}

/** Connects what is asked for: tries its keys, stops what runs for another organization, then keeps them, encrypted. */
export async function connectOrganization(asked: unknown, by: string, place: Place): Promise<Connected> {
  const { database, settings, environment, demo = false } = place
  const kept = await keptIn(place)
  const before = kept === 'unreadable' ? undefined : kept
  const { organizationId, keys, enteredActKey, expiry } = readConnectionWanted(asked, before)
  const as = (readKey: string, actKey: string | undefined) =>
    connectTo(database, { ...settings, organizationId, readKey, actKey: settings.actKey ?? actKey }, demo, environment)
  const opened = await as(keys.readKey, keys.actKey)
  const organization = await opened.directory.organization()
  if (organization.id !== organizationId)
    throw new DirectoryError('forbidden', 'The key is one of another organization. Copy the id that it came with.')
  if (enteredActKey !== undefined) await tryActKey((await as(enteredActKey, undefined)).directory)
  const halted = kept === 'unreadable' || (kept !== undefined && kept.organizationId !== organizationId)
  if (halted) await opened.app.stop(by)
  await remember({ organizationId, ...keys, connectedBy: by, connectedAt: system.now() }, database.store, environment)
  return { opened, organization, keys: await opened.app.takeKeys(expiry, by), halted }
}

/** Stops what runs, then forgets the keys and what was known of them. What was read and done stays. */
export async function disconnectOrganization(
  app: App,
  by: string,
  { database }: Pick<Place, 'database'>,
): Promise<void> {
  await app.stop(by)
  await forget(database.store)
  await app.forgetKeys()
}
