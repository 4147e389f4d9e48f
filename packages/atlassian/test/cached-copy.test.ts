// A cache between Rollcall and Atlassian: what it has kept is no answer of today.

import { brandId, type AccountId } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { page, userRow } from './rows.js'
import { connect, type Reply } from './scripted.js'

const accountId = brandId<AccountId>('557058:4f9acfd2')
const used = [{ id: 't', lastAccess: '2026-11-20T00:00:00Z' }]
const old = { age: '5184000' }

describe.each<[string, Reply]>([
  ['no token', { body: [] }],
  ['a refusal', { status: 404, body: { message: 'gone' } }],
  ['an HTML page', { body: '<html>' }],
])('a kept copy with %s', (_, reply) => {
  it('is not believed: Rollcall asks once more, past the cache', async () => {
    const { directory, sent } = connect([{ ...reply, headers: old }, { body: used }])
    expect(await directory.tokenUsedAt(accountId)).toBe(Date.UTC(2026, 10, 20))
    expect(sent.map(({ headers }) => headers['cache-control'])).toEqual([undefined, 'no-cache'])
  })

  it.each(['5184000', '1', 'old', '007'])('of the age %s that comes again is an error', async (age) => {
    const { directory, sent } = connect(() => ({ ...reply, headers: { age } }))
    const read = directory.tokenUsedAt(accountId)
    await expect(read).rejects.toMatchObject({ name: 'DirectoryError', code: 'unexpected-response' })
    await expect(read).rejects.toThrow(/^A cache responded to GET .* without a cache; nothing was changed\.$/)
    expect(sent).toHaveLength(2)
  })
})

it.each<[string, (directory: ReturnType<typeof connect>['directory']) => Promise<unknown>]>([
  ['a list of accounts', (directory) => directory.readAccounts([], [])],
  ['a count', (directory) => directory.countAccounts()],
  ['one account', (directory) => directory.readAccount(accountId, [])],
  ['the managed accounts', (directory) => directory.readManagedAccounts()],
])('a kept copy of %s is no data', async (_, read) => {
  const { directory } = connect(() => ({ body: { ...page([userRow()]), count: 5 }, headers: old }))
  await expect(read(directory)).rejects.toThrow(/a copy that is 5184000 seconds old/)
})

it("an answer of the age zero is Atlassian's own", async () => {
  const { directory, sent } = connect([{ body: used, headers: { age: '0' } }])
  expect(await directory.tokenUsedAt(accountId)).toBe(Date.UTC(2026, 10, 20))
  expect(sent).toHaveLength(1)
})
