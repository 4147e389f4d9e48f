// The platform's key-value and secret store, with patience.

import { kvs } from '@forge/kvs'
import { withRetry } from './patience.js'

const dayLong = { ttl: { value: 1, unit: 'DAYS' } } as const

export const values = {
  get: <Value>(name: string): Promise<Value | undefined> => withRetry(() => kvs.get<Value>(name)),
  set: (name: string, value: unknown): Promise<void> => withRetry(() => kvs.set(name, value)),
  /** Sets a value that nobody needs tomorrow. */
  setForADay: (name: string, value: unknown): Promise<void> => withRetry(() => kvs.set(name, value, dayLong)),
  drop: (name: string): Promise<void> => withRetry(() => kvs.delete(name)),
}

export const secrets = {
  get: (name: string): Promise<string | undefined> => withRetry(() => kvs.getSecret<string>(name)),
  set: (name: string, value: string): Promise<void> => withRetry(() => kvs.setSecret(name, value)),
  drop: (name: string): Promise<void> => withRetry(() => kvs.deleteSecret(name)),
}
