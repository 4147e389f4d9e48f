// The stored connection: organization and keys, encrypted in the database. Environment variables take precedence.

import type { Store } from '@rollcall/core'
import { z } from 'zod'
import { createSecrets, masterKey, type Secrets } from './secrets.js'
import type { Settings } from './settings.js'
import type { Environment } from './environment-variables.js'

const name = 'connection'
const shape = z.object({
  organizationId: z.string(),
  readKey: z.string(),
  actKey: z.string().optional(),
  /** Who connected, and when; absent in what older versions stored. */
  connectedBy: z.string().optional(),
  connectedAt: z.number().optional(),
})
type StoredConnection = z.output<typeof shape>
type SettingStore = Pick<Store, 'setting' | 'putSetting'>

export const secretsOf = (environment: Environment): Secrets => createSecrets(masterKey(environment))

/** The stored connection as encrypted text. Each write makes a different text, so a running server notices a change. */
export const encryptedConnection = async (store: SettingStore): Promise<string> => (await store.setting(name)) ?? ''

/** Reads the stored connection, if there is one. */
export async function readStoredConnection(
  store: SettingStore,
  environment: Environment,
): Promise<StoredConnection | undefined> {
  const encrypted = await encryptedConnection(store)
  if (encrypted === '') return undefined
  return shape.parse(JSON.parse(secretsOf(environment).decrypt(name, encrypted)))
}

/** Completes the settings of the environment with the stored connection. */
export async function withStoredConnection(
  settings: Settings,
  store: SettingStore,
  environment: Environment,
): Promise<Settings> {
  if (settings.organizationId !== '' && settings.readKey !== '') return settings
  const kept = await readStoredConnection(store, environment)
  if (kept === undefined) return settings
  const { organizationId, readKey, actKey } = kept
  const same = settings.organizationId === '' || settings.organizationId === organizationId
  // A key for changes in the environment takes precedence over the stored one.
  return same ? { ...settings, organizationId, readKey, actKey: settings.actKey ?? actKey } : settings
}

/** Stores organization and keys, encrypted. */
export async function storeConnection(
  { organizationId, readKey, actKey, connectedBy, connectedAt }: StoredConnection,
  store: SettingStore,
  environment: Environment,
): Promise<void> {
  const kept = JSON.stringify({ organizationId, readKey, actKey, connectedBy, connectedAt })
  await store.putSetting(name, secretsOf(environment).encrypt(name, kept))
}

/** Deletes the stored keys. */
export const deleteConnection = (store: SettingStore): Promise<void> => store.putSetting(name, '')
