// Transactions, which happen as a whole, and batches, in which every item has its own fate.

import { refusal, type Answer, type Doc } from '../platform/call.js'
import type { KvsMeter } from './quota.js'
import type { KvsOptions } from './quota.js'
import { bytesOf, keyFault, lifeOf, valueFault } from './key-and-value.js'

export const entities = () => refusal(501, 'NOT_BUILT', 'Custom entities are not built in the local host')
export const isOfEntity = ({ entityName, conditions }: Doc) => entityName !== undefined || conditions !== undefined
export const lifeOfItem = ({ options }: Doc) => lifeOf((options as { ttl?: unknown } | undefined)?.ttl)

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
