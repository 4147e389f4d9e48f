// Batches: every item succeeds or fails on its own.

import { type Doc, type PlatformResponse, refusal } from '../platform/call.js'
import { isOfEntity, entities, lifeOfItem } from './transaction.js'
import type { KvsOptions, KvsQuota } from './quota.js'
import { bytesOf, keyError, valueError } from './key-and-value.js'

type Outcome = { readonly good: Doc } | { readonly bad: PlatformResponse }
/** One result for each item. */
export function batch(action: string, items: readonly Doc[], options: KvsOptions, quota: KvsQuota): PlatformResponse {
  const { values, limits, meter } = options
  if (!['get', 'set', 'delete'].includes(action)) return refusal(404, 'NOT_FOUND', `No such batch: ${action}`)
  if (items.some(isOfEntity)) return entities()
  if (!meter.allows('kvsBatchItems', items.length))
    return refusal(400, 'BATCH_TOO_MANY_ITEMS', `${items.length} items of ${limits.kvsBatchItems}`)
  const bytes = bytesOf(items)
  if (!meter.allows('kvsBatchBytes', bytes))
    return refusal(400, 'MAX_SIZE', `The batch has ${bytes} bytes of ${limits.kvsBatchBytes}`)
  const often = action === 'set' ? quota.batchSet() : undefined
  if (often !== undefined) return often

  function outcomeOf(item: Doc): Outcome {
    const key = String(item['key'])
    const wrong = keyError(item['key'], options) ?? (action === 'set' ? valueError(item['value'], options) : undefined)
    if (wrong !== undefined) return { bad: wrong }
    if (action === 'get') {
      const entry = values.get(key)
      const full = quota.read(bytesOf(entry?.value))
      if (full !== undefined) return { bad: full }
      return entry === undefined
        ? { bad: refusal(404, 'KEY_NOT_FOUND', 'The specified key does not exist') }
        : { good: { ...entry } }
    }
    const full = quota.write(bytesOf(item['value'] ?? ''))
    if (full !== undefined) return { bad: full }
    if (action === 'set') values.set(key, item['value'], lifeOfItem(item))
    else values.delete(key)
    return { good: { key } }
  }

  const outcomes = items.map((item) => ({ key: String(item['key']), fate: outcomeOf(item) }))
  return {
    status: 200,
    body: {
      successfulKeys: outcomes.flatMap(({ fate }) => ('good' in fate ? [fate.good] : [])),
      failedKeys: outcomes.flatMap(({ key, fate }) => ('bad' in fate ? [{ key, error: fate.bad.body }] : [])),
    },
  }
}
