// The protocol of the key-value store: each call of the real package, and its response or error.

import { beforeAll, describe, expect, it } from 'vitest'
import { closeAfterAll, startProbe } from './probe.js'

closeAfterAll()
let { host, ask } = {} as Awaited<ReturnType<typeof startProbe>>
beforeAll(async () => {
  ;({ host, ask } = await startProbe())
})
const valueOf = async (operation: string, payload: unknown = {}) => {
  const told = await ask(operation, payload)
  expect(told.thrown).toBeUndefined()
  return told.value
}
const errorOf = async (operation: string, payload: unknown = {}) => (await ask(operation, payload)).thrown

describe('kvs', () => {
  it('returns a value that was set, and nothing for a missing key', async () => {
    await valueOf('kvsSet', { key: 'a:1', value: { n: 1 } })
    expect(await valueOf('kvsGet', { key: 'a:1' })).toEqual({ n: 1 })
    expect(await valueOf('kvsGet', { key: 'missing' })).toBeNull()
  })

  it('returns when a value was created, was changed and expires', async () => {
    await valueOf('kvsSet', { key: 'dated', value: 1, options: { ttl: { value: 1, unit: 'HOURS' } } })
    const told = (await valueOf('kvsGet', { key: 'dated', full: true })) as Record<string, unknown>
    expect(told).toMatchObject({ key: 'dated', value: 1, createdAt: told['updatedAt'] })
    expect(Date.parse(String(told['expireTime'])) - Number(told['createdAt'])).toBe(3_600_000)
  })

  it('drops a value after its time to live', async () => {
    await valueOf('kvsSet', { key: 'brief', value: 1, options: { ttl: { value: 60, unit: 'SECONDS' } } })
    host.advance(59_000)
    expect(await valueOf('kvsGet', { key: 'brief' })).toBe(1)
    host.advance(2_000)
    expect(await valueOf('kvsGet', { key: 'brief' })).toBeNull()
  })

  it('deletes a key, also a missing one', async () => {
    await valueOf('kvsSet', { key: 'gone', value: 1 })
    await valueOf('kvsDelete', { key: 'gone' })
    await valueOf('kvsDelete', { key: 'gone' })
    expect(await valueOf('kvsGet', { key: 'gone' })).toBeNull()
  })

  it('does not override an existing key when the call forbids it', async () => {
    const first = { key: 'once', value: 1, options: { keyPolicy: 'FAIL_IF_EXISTS' } }
    await valueOf('kvsSet', first)
    expect(await errorOf('kvsSet', { ...first, value: 2 })).toMatchObject({
      kind: 'ForgeKvsAPIError',
      code: 'KEY_ALREADY_EXISTS',
    })
    expect(await valueOf('kvsGet', { key: 'once' })).toBe(1)
  })

  it('returns the previous or the latest value on request', async () => {
    await valueOf('kvsSet', { key: 'returned', value: 'old' })
    const options = { keyPolicy: 'OVERRIDE', returnValue: 'PREVIOUS', returnMetadataFields: ['CREATED_AT'] }
    expect(await valueOf('kvsSet', { key: 'returned', value: 'new', options })).toMatchObject({
      key: 'returned',
      value: 'old',
      createdAt: expect.any(Number) as number,
    })
    expect(
      await valueOf('kvsSet', { key: 'returned', value: 'newer', options: { ...options, returnValue: 'LATEST' } }),
    ).toMatchObject({ value: 'newer' })
  })

  it('lists keys by their beginning, page by page, in order', async () => {
    for (const n of [3, 1, 2]) await valueOf('kvsSet', { key: `list:${n}`, value: n })
    const first = (await valueOf('kvsQuery', { prefix: 'list:', limit: 2 })) as { nextCursor?: string }
    expect(first).toMatchObject({ results: [{ key: 'list:1', value: 1 }, { key: 'list:2' }] })
    const second = await valueOf('kvsQuery', { prefix: 'list:', limit: 2, cursor: first.nextCursor })
    expect(second).toMatchObject({ results: [{ key: 'list:3', value: 3 }] })
    expect(second).not.toHaveProperty('nextCursor')
  })

  it('keeps secrets separate from values', async () => {
    await valueOf('secretSet', { key: 'shared-key', value: 'secret' })
    expect(await valueOf('kvsGet', { key: 'shared-key' })).toBeNull()
    expect(await valueOf('secretGet', { key: 'shared-key' })).toBe('secret')
    expect(host.secrets.get('shared-key')?.value).toBe('secret')
    await valueOf('secretDelete', { key: 'shared-key' })
    expect(await valueOf('secretGet', { key: 'shared-key' })).toBeNull()
  })

  it('sets, gets and deletes in batches, with a result for each key', async () => {
    const items = [
      { key: 'b:1', value: 1 },
      { key: 'b?', value: 2 },
    ]
    expect(await valueOf('batchSet', { items })).toEqual({
      successfulKeys: [{ key: 'b:1' }],
      failedKeys: [{ key: 'b?', error: { code: 'INVALID_KEY', message: expect.any(String) as string } }],
    })
    expect(await valueOf('batchGet', { items: [{ key: 'b:1' }, { key: 'b:2' }] })).toMatchObject({
      successfulKeys: [{ key: 'b:1', value: 1 }],
      failedKeys: [{ key: 'b:2', error: { code: 'KEY_NOT_FOUND' } }],
    })
    await valueOf('batchDelete', { items: [{ key: 'b:1' }] })
    expect(await valueOf('kvsGet', { key: 'b:1' })).toBeNull()
  })

  it('executes a transaction as a whole, with times to live', async () => {
    await valueOf('kvsSet', { key: 't:old', value: 1 })
    const set = [{ key: 't:new', value: 2, ttl: { value: 10, unit: 'SECONDS' } }]
    await valueOf('transact', { set, remove: ['t:old'] })
    expect(await valueOf('kvsGet', { key: 't:new' })).toBe(2)
    expect(await valueOf('kvsGet', { key: 't:old' })).toBeNull()
    host.advance(11_000)
    expect(await valueOf('kvsGet', { key: 't:new' })).toBeNull()
  })

  it('executes no part of a transaction when one of its keys is refused', async () => {
    const set = [
      { key: 't:good', value: 1 },
      { key: 't?', value: 2 },
    ]
    expect(await errorOf('transact', { set })).toMatchObject({ code: 'INVALID_KEY' })
    expect(await valueOf('kvsGet', { key: 't:good' })).toBeNull()
  })

  it('reports that the host has no custom entities', async () => {
    for (const operation of ['entityGet', 'entityQuery', 'transactEntity'])
      expect(await errorOf(operation, { key: 'k' })).toMatchObject({ kind: 'ForgeKvsAPIError', code: 'NOT_BUILT' })
  })
})
