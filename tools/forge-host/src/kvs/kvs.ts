// The key-value store's endpoints. Custom entities are not built: the app has none, and they are refused by name.

import { isDoc, jsonOf, refusal, type PlatformResponse, type Doc, type Handler } from '../platform/call.js'
import { transact } from './transaction.js'
import { batch } from './batch.js'
import type { Entry, KvsStore } from './store.js'
import { bytesOf, keyError, lifetimeOf, valueError } from './key-and-value.js'
import { createKvsQuota, type KvsQuota, type KvsOptions, notFound } from './quota.js'

function get(store: KvsStore, { key }: Doc, quota: KvsQuota): PlatformResponse {
  const entry = store.get(String(key))
  return quota.read(bytesOf(entry?.value)) ?? (entry === undefined ? notFound() : { status: 200, body: entry })
}

function set(store: KvsStore, { key, value, options }: Doc, quota: KvsQuota): PlatformResponse {
  const { keyPolicy, returnValue, ttl } = isDoc(options) ? options : {}
  const before = store.get(String(key))
  if (keyPolicy === 'FAIL_IF_EXISTS' && before !== undefined)
    return refusal(409, 'KEY_ALREADY_EXISTS', 'The specified key exists already')
  const full = quota.write(bytesOf(value))
  if (full !== undefined) return full
  const after = store.set(String(key), value, lifetimeOf(ttl))
  const returned = returnValue === 'PREVIOUS' ? before : returnValue === 'LATEST' ? after : undefined
  return returned === undefined ? { status: 200 } : { status: 200, body: returned }
}

function query(
  store: KvsStore,
  { limit, after, where }: Doc,
  { limits, meter }: KvsOptions,
  quota: KvsQuota,
): PlatformResponse {
  const [condition] = Array.isArray(where) ? (where as readonly { values?: readonly unknown[] }[]) : []
  const prefix = String(condition?.values?.[0] ?? '')
  const requested = limit === undefined ? 10 : Number(limit)
  if (!(requested >= 1 && meter.allows('kvsPage', requested)))
    return refusal(400, 'INVALID_LIMIT', `The limit is not between 1 and ${limits.kvsPage}`)
  const keys = store.keys().filter((key) => key.startsWith(prefix) && (after === undefined || key > String(after)))
  const data = keys.slice(0, requested).map((key) => store.get(key) as Entry)
  const more = keys.length > requested ? { cursor: data.at(-1)?.key } : {}
  return quota.read(bytesOf(data)) ?? { status: 200, body: { data, ...more } }
}

/** Makes the handler of everything under /api/v1. */
export function createKvs(options: KvsOptions): Handler {
  const { values, secrets } = options
  const quota = createKvsQuota(options)

  function one(store: KvsStore, action: string | undefined, body: Doc): PlatformResponse {
    const wrong = keyError(body['key'], options) ?? (action === 'set' ? valueError(body['value'], options) : undefined)
    if (wrong !== undefined) return wrong
    if (action === 'get') return get(store, body, quota)
    if (action === 'set') return set(store, body, quota)
    const gone = quota.write(1)
    return gone ?? (store.delete(String(body['key'])) ? { status: 204 } : notFound())
  }

  return (call) => {
    const [first, second] = call.path.replace('/api/v1/', '').split('/')
    const body = jsonOf(call)
    const slow = quota.request()
    if (slow !== undefined) return slow
    if (first === 'batch' && Array.isArray(body)) return batch(second ?? '', body as Doc[], options, quota)
    if (!isDoc(body)) return refusal(400, 'BAD_REQUEST', 'The body is not a JSON object')
    if (first === 'entity') return refusal(501, 'NOT_BUILT', 'Custom entities are not built in the local host')
    if (first === 'secret' && ['get', 'set', 'delete'].includes(second ?? '')) return one(secrets, second, body)
    if (first === 'query') return query(values, body, options, quota)
    if (first === 'transaction') return transact(body, options, quota)
    if (['get', 'set', 'delete'].includes(first ?? '')) return one(values, first, body)
    return refusal(404, 'NOT_FOUND', `No such operation: ${call.path}`)
  }
}
