// Transactions succeed or fail as a whole.

import { refusal, type PlatformResponse, type Doc } from '../platform/call.js'
import type { KvsQuota } from './quota.js'
import type { KvsOptions } from './quota.js'
import { bytesOf, keyError, lifetimeOf, valueError } from './key-and-value.js'

export const entities = () => refusal(501, 'NOT_BUILT', 'Custom entities are not built in the local host')
export const isOfEntity = ({ entityName, conditions }: Doc) => entityName !== undefined || conditions !== undefined
export const lifeOfItem = ({ options }: Doc) => lifetimeOf((options as { ttl?: unknown } | undefined)?.ttl)

/** All or nothing; counts as one write. */
export function transact(body: Doc, options: KvsOptions, quota: KvsQuota): PlatformResponse {
  const { values, limits, meter } = options
  const [sets, deletes, checks] = ['set', 'delete', 'check'].map((name) => (body[name] ?? []) as readonly Doc[])
  if (sets === undefined || deletes === undefined || checks === undefined) return refusal(400, 'BAD_REQUEST', 'Empty')
  const all = [...sets, ...deletes, ...checks]
  if (all.some(isOfEntity)) return entities()
  const bytes = bytesOf(body)
  if (!meter.allows('kvsTransactionItems', all.length))
    return refusal(400, 'TRANSACTION_TOO_MANY_ITEMS', `${all.length} operations of ${limits.kvsTransactionItems}`)
  if (!meter.allows('kvsTransactionBytes', bytes))
    return refusal(400, 'MAX_SIZE', `The transaction has ${bytes} bytes of ${limits.kvsTransactionBytes}`)
  const keys = all.map(({ key }) => key)
  if (new Set(keys).size < keys.length)
    return refusal(400, 'TRANSACTION_DUPLICATE_KEY', 'A key occurs twice in the transaction')
  for (const { key } of all) {
    const wrong = keyError(key, options)
    if (wrong !== undefined) return wrong
  }
  for (const { value } of sets) {
    const wrong = valueError(value, options)
    if (wrong !== undefined) return wrong
  }
  const full = quota.write(bytes)
  if (full !== undefined) return full
  for (const item of sets) values.set(String(item['key']), item['value'], lifeOfItem(item))
  for (const { key } of deletes) values.delete(String(key))
  return { status: 204 }
}
