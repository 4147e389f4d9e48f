// How much an installation may read and write in the key-value store.

import type { Counts } from '../limits/counts.js'
import type { LimitMeter } from '../limits/limit-meter.js'
import type { Limits } from '../limits/limits.js'
import { type PlatformResponse, refusal } from '../platform/call.js'
import type { KvsStore } from './store.js'

export interface KvsOptions {
  readonly values: KvsStore
  readonly secrets: KvsStore
  readonly limits: Limits
  readonly counts: Counts
  readonly meter: LimitMeter
}

/** Makes the quota that every call passes: rate limits and counts. */
export function createKvsQuota({ limits, counts, meter }: KvsOptions) {
  const requests = meter.window('kvsRequestsPerSecond', 1000)
  const reads = meter.window('kvsReadUnitsPerMinute', 60000)
  const writes = meter.window('kvsWriteUnitsPerMinute', 60000)
  const batchSets = meter.window('kvsBatchSetsPerMinute', 60000)
  const unitsOf = (bytes: number) => Math.max(1, Math.ceil(bytes / limits.kvsUnitBytes))
  const limited = (name: keyof Limits): PlatformResponse => {
    meter.refuse(name)
    return refusal(429, 'RATE_LIMIT_EXCEEDED', `Too many requests: ${name} is ${limits[name]}`)
  }
  return {
    request: () => (requests.take() ? undefined : limited('kvsRequestsPerSecond')),
    batchSet: () => (batchSets.take() ? undefined : limited('kvsBatchSetsPerMinute')),
    read(bytes: number): PlatformResponse | undefined {
      counts.kvs.reads += 1
      counts.kvs.readBytes += bytes
      return reads.take(unitsOf(bytes)) ? undefined : limited('kvsReadUnitsPerMinute')
    },
    write(bytes: number): PlatformResponse | undefined {
      if (!writes.take(unitsOf(bytes))) return limited('kvsWriteUnitsPerMinute')
      counts.kvs.writes += 1
      counts.kvs.writtenBytes += bytes
      return undefined
    },
  }
}
export type KvsQuota = ReturnType<typeof createKvsQuota>
export const notFound = (): PlatformResponse => refusal(404, 'KEY_NOT_FOUND', 'The specified key does not exist')
