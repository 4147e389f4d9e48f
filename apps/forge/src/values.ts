// The platform's key-value and secret store, with patience.

import { kvs } from '@forge/kvs'
import { patiently } from './patience.js'

const dayLong = { ttl: { value: 1, unit: 'DAYS' } } as const

export const values = {
  get: <Value>(name: string): Promise<Value | undefined> => patiently(() => kvs.get<Value>(name)),
  set: (name: string, value: unknown): Promise<void> => patiently(() => kvs.set(name, value)),
  /** Sets a value that nobody needs tomorrow. */
  setForADay: (name: string, value: unknown): Promise<void> => patiently(() => kvs.set(name, value, dayLong)),
  drop: (name: string): Promise<void> => patiently(() => kvs.delete(name)),
}

export const secrets = {
  get: (name: string): Promise<string | undefined> => patiently(() => kvs.getSecret<string>(name)),
  set: (name: string, value: string): Promise<void> => patiently(() => kvs.setSecret(name, value)),
  drop: (name: string): Promise<void> => patiently(() => kvs.deleteSecret(name)),
}
