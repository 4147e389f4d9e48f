// Transactions, which happen as a whole, and batches, in which every item has its own fate.

import { refusal, type Answer, type Doc } from './call.js'
import type { KvsMeter, KvsOptions } from './kvs.js'
import { bytesOf, keyFault, lifeOf, valueFault } from './kvs-value.js'

const entities = () => refusal(501, 'NOT_BUILT', 'Custom entities are not built in the local host')
const isOfEntity = ({ entityName, conditions }: Doc) => entityName !== undefined || conditions !== undefined
const lifeOfItem = ({ options }: Doc) => lifeOf((options as { ttl?: unknown } | undefined)?.ttl)

/** All or nothing; counts as one write. */
export function transact(body: Doc, options: KvsOptions, meter: KvsMeter): Answer {
  const { values, limits, gauge } = options
  const [sets, deletes, checks] = ['set', 'delete', 'check'].map((name) => (body[name] ?? []) as readonly Doc[])
  if (sets === undefined || deletes === undefined || checks === undefined) return refusal(400, 'BAD_REQUEST', 'Empty')
  const all = [...sets, ...deletes, ...checks]
  if (all.some(isOfEntity)) return entities()
  const bytes = bytesOf(body)
  if (!gauge.within('kvsTransactionItems', all.length))
    return refusal(400, 'TRANSACTION_TOO_MANY_ITEMS', `${all.length} operations of ${limits.kvsTransactionItems}`)
  if (!gauge.within('kvsTransactionBytes', bytes))
    return refusal(400, 'MAX_SIZE', `The transaction has ${bytes} bytes of ${limits.kvsTransactionBytes}`)
  const keys = all.map(({ key }) => key)
  if (new Set(keys).size < keys.length)
    return refusal(400, 'TRANSACTION_DUPLICATE_KEY', 'A key occurs twice in the transaction')
  for (const { key } of all) {
    const wrong = keyFault(key, options)
    if (wrong !== undefined) return wrong
  }
  for (const { value } of sets) {
    const wrong = valueFault(value, options)
    if (wrong !== undefined) return wrong
  }
  const full = meter.write(bytes)
  if (full !== undefined) return full
  for (const item of sets) values.set(String(item['key']), item['value'], lifeOfItem(item))
  for (const { key } of deletes) values.delete(String(key))
  return { status: 204 }
}

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
