// Batches: every item succeeds or fails on its own.

import { type Doc, type Answer, refusal } from '../platform/call.js'
import { isOfEntity, entities, lifeOfItem } from './transaction.js'
import type { KvsOptions, KvsMeter } from './quota.js'
import { bytesOf, keyFault, valueFault } from './key-and-value.js'

type Fate = { readonly good: Doc } | { readonly bad: Answer }
/** One answer for each item. */
export function batch(action: string, items: readonly Doc[], options: KvsOptions, meter: KvsMeter): Answer {
  const { values, limits, gauge } = options
  if (!['get', 'set', 'delete'].includes(action)) return refusal(404, 'NOT_FOUND', `No such batch: ${action}`)
  if (items.some(isOfEntity)) return entities()
  if (!gauge.within('kvsBatchItems', items.length))
    return refusal(400, 'BATCH_TOO_MANY_ITEMS', `${items.length} items of ${limits.kvsBatchItems}`)
  const bytes = bytesOf(items)
  if (!gauge.within('kvsBatchBytes', bytes))
    return refusal(400, 'MAX_SIZE', `The batch has ${bytes} bytes of ${limits.kvsBatchBytes}`)
  const often = action === 'set' ? meter.batchSet() : undefined
  if (often !== undefined) return often

  function fateOf(item: Doc): Fate {
    const key = String(item['key'])
    const wrong = keyFault(item['key'], options) ?? (action === 'set' ? valueFault(item['value'], options) : undefined)
    if (wrong !== undefined) return { bad: wrong }
    if (action === 'get') {
      const entry = values.get(key)
      const full = meter.read(bytesOf(entry?.value))
      if (full !== undefined) return { bad: full }
      return entry === undefined
        ? { bad: refusal(404, 'KEY_NOT_FOUND', 'The specified key does not exist') }
        : { good: { ...entry } }
    }
    const full = meter.write(bytesOf(item['value'] ?? ''))
    if (full !== undefined) return { bad: full }
    if (action === 'set') values.set(key, item['value'], lifeOfItem(item))
    else values.delete(key)
    return { good: { key } }
  }

  const fates = items.map((item) => ({ key: String(item['key']), fate: fateOf(item) }))
  return {
    status: 200,
    body: {
      successfulKeys: fates.flatMap(({ fate }) => ('good' in fate ? [fate.good] : [])),
      failedKeys: fates.flatMap(({ key, fate }) => ('bad' in fate ? [{ key, error: fate.bad.body }] : [])),
    },
  }
}
