// The stored connection: organization and keys, encrypted in the database. Environment variables take precedence.

import type { Store } from '@rollcall/core'
import { z } from 'zod'
import { createSecrets, masterKey, type Secrets } from './secrets.js'
import type { Settings } from './settings.js'

const name = 'connection'
const shape = z.object({
  organizationId: z.string(),
  readKey: z.string(),
  actKey: z.string().optional(),
  /** Who connected, and when; absent in what older versions stored. */
  connectedBy: z.string().optional(),
  connectedAt: z.number().optional(),
})
type Remembered = z.output<typeof shape>
type Environment = Readonly<Record<string, string | undefined>>
type Settled = Pick<Store, 'setting' | 'putSetting'>

export const secretsOf = (environment: Environment): Secrets => createSecrets(masterKey(environment))

/** The stored connection as encrypted text. Each write makes another text, so a running server notices a change. */
export const sealedConnection = async (store: Settled): Promise<string> => (await store.setting(name)) ?? ''

/** Reads the stored connection; undefined when there is none. */
export async function readRemembered(store: Settled, environment: Environment): Promise<Remembered | undefined> {
  const sealed = await sealedConnection(store)
  if (sealed === '') return undefined
  return shape.parse(JSON.parse(secretsOf(environment).open(name, sealed)))
}

/** Fills in from the stored connection what the environment does not set. */
export async function withRemembered(settings: Settings, store: Settled, environment: Environment): Promise<Settings> {
  if (settings.organizationId !== '' && settings.readKey !== '') return settings
  const kept = await readRemembered(store, environment)
  if (kept === undefined) return settings
  const { organizationId, readKey, actKey } = kept
  const same = settings.organizationId === '' || settings.organizationId === organizationId
  // A key for changes in the environment takes precedence over the stored one.
  return same ? { ...settings, organizationId, readKey, actKey: settings.actKey ?? actKey } : settings
}

/** Stores organization and keys, encrypted. */
export async function remember(
  { organizationId, readKey, actKey, connectedBy, connectedAt }: Remembered,
  store: Settled,
  environment: Environment,
): Promise<void> {
  const kept = JSON.stringify({ organizationId, readKey, actKey, connectedBy, connectedAt })
  await store.putSetting(name, secretsOf(environment).seal(name, kept))
}

/** Deletes the stored keys. */
export const forget = (store: Settled): Promise<void> => store.putSetting(name, '')
