// How much an installation may read and write in the key-value store.

import type { Counts } from '../limits/counts.js'
import type { Gauge } from '../limits/limit-meter.js'
import type { Limits } from '../limits/limits.js'
import { type Answer, refusal } from '../platform/call.js'
import type { KvsStore } from './store.js'

export interface KvsOptions {
  readonly values: KvsStore
  readonly secrets: KvsStore
  readonly limits: Limits
  readonly counts: Counts
  readonly gauge: Gauge
}

/** Makes the gate that every call passes: rates, and what is counted. */
export function createKvsMeter({ limits, counts, gauge }: KvsOptions) {
  const requests = gauge.window('kvsRequestsPerSecond', 1000)
  const reads = gauge.window('kvsReadUnitsPerMinute', 60000)
  const writes = gauge.window('kvsWriteUnitsPerMinute', 60000)
  const batchSets = gauge.window('kvsBatchSetsPerMinute', 60000)
  const unitsOf = (bytes: number) => Math.max(1, Math.ceil(bytes / limits.kvsUnitBytes))
  const limited = (name: keyof Limits): Answer => {
    gauge.refuse(name)
    return refusal(429, 'RATE_LIMIT_EXCEEDED', `Too many requests: ${name} is ${limits[name]}`)
  }
  return {
    request: () => (requests.take() ? undefined : limited('kvsRequestsPerSecond')),
    batchSet: () => (batchSets.take() ? undefined : limited('kvsBatchSetsPerMinute')),
    read(bytes: number): Answer | undefined {
      counts.kvs.reads += 1
      counts.kvs.readBytes += bytes
      return reads.take(unitsOf(bytes)) ? undefined : limited('kvsReadUnitsPerMinute')
    },
    write(bytes: number): Answer | undefined {
      if (!writes.take(unitsOf(bytes))) return limited('kvsWriteUnitsPerMinute')
      counts.kvs.writes += 1
      counts.kvs.writtenBytes += bytes
      return undefined
    },
  }
}
export type KvsMeter = ReturnType<typeof createKvsMeter>
export const notFound = (): Answer => refusal(404, 'KEY_NOT_FOUND', 'The specified key does not exist')
