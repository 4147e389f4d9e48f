// The platform's key-value store and secret store, with retries.

import { kvs } from '@forge/kvs'
import { withRetry } from './retry.js'

const dayLong = { ttl: { value: 1, unit: 'DAYS' } } as const

export const values = {
  get: <Value>(name: string): Promise<Value | undefined> => withRetry(() => kvs.get<Value>(name)),
  set: (name: string, value: unknown): Promise<void> => withRetry(() => kvs.set(name, value)),
  /** Sets a value that expires after a day. */
  setForADay: (name: string, value: unknown): Promise<void> => withRetry(() => kvs.set(name, value, dayLong)),
  drop: (name: string): Promise<void> => withRetry(() => kvs.delete(name)),
}

export const secrets = {
  get: (name: string): Promise<string | undefined> => withRetry(() => kvs.getSecret<string>(name)),
  set: (name: string, value: string): Promise<void> => withRetry(() => kvs.setSecret(name, value)),
  drop: (name: string): Promise<void> => withRetry(() => kvs.deleteSecret(name)),
}
