// The connection that is remembered: organization and keys, sealed in the database. The environment goes before it.

import type { Store } from '@rollcall/core'
import { z } from 'zod'
import { createSecrets, masterKey, type Secrets } from './secrets.js'
import type { Settings } from './settings.js'

const name = 'connection'
const shape = z.object({ organizationId: z.string(), readKey: z.string(), actKey: z.string().optional() })
type Environment = Readonly<Record<string, string | undefined>>
type Settled = Pick<Store, 'setting' | 'putSetting'>

export const secretsOf = (environment: Environment): Secrets => createSecrets(masterKey(environment))

/** Fills in what the environment does not say from what "rollcall connect" has stored. */
export async function withRemembered(settings: Settings, store: Settled, environment: Environment): Promise<Settings> {
  if (settings.organizationId !== '' && settings.readKey !== '') return settings
  const sealed = await store.setting(name)
  if (sealed === undefined || sealed === '') return settings
  const { organizationId, readKey, actKey } = shape.parse(JSON.parse(secretsOf(environment).open(name, sealed)))
  const same = settings.organizationId === '' || settings.organizationId === organizationId
  return same ? { ...settings, organizationId, readKey, actKey: settings.actKey ?? actKey } : settings
}

/** Stores organization and keys, sealed. */
export async function remember(
  { organizationId, readKey, actKey }: Settings,
  store: Settled,
  environment: Environment,
): Promise<void> {
  await store.putSetting(name, secretsOf(environment).seal(name, JSON.stringify({ organizationId, readKey, actKey })))
}

/** Forgets the stored keys. */
export const forget = (store: Settled): Promise<void> => store.putSetting(name, '')
