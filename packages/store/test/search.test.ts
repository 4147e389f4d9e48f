// The search finds what the rows hold, also after another process has written them.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AccountSort } from '@rollcall/core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { account, open, snapshot } from './fixtures.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-search-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const id = snapshot('s1').id
const numbered = (n: number) => `a${String(n).padStart(5, '0')}`
const accounts = Array.from({ length: 5000 }, (_, n) =>
  account(numbered(n), { name: n % 2 === 0 ? `Even ${n}` : `Odd ${n}`, email: `${n}@x.example` }),
)
const finished = snapshot('s1', { asOf: 2, complete: true, accounts: accounts.length })

it('pages and counts are the same as in a scan, for few, many and no hits, in every order', async () => {
  const { store } = await open()
  await store.putAccounts(id, accounts)
  const all = async (search: string, sort: AccountSort) => {
    const found: string[] = []
    for (let after: string | undefined; ;) {
      const page = await store.accounts({
        snapshotId: id,
        search,
        sort,
        limit: 900,
        ...(after === undefined ? {} : { after }),
      })
      found.push(...page.accounts.map(({ accountId }) => accountId))
      if (page.next === undefined) return { found, count: await store.countAccounts({ snapshotId: id, search }) }
      after = page.next
    }
  }
  const searches = ['even', 'EVEN 12', '@x.example', 'nobody', '%', '_', 'odd 4999', '4998@', '0\n0', '!']
  const run = async () => {
    const results = []
    for (const search of searches)
      for (const sort of ['accountId', 'name', 'lastActive'] as const) results.push(await all(search, sort))
    return results
  }
  // A snapshot that is not finished is scanned.
  const scanned = await run()
  await store.putSnapshot(finished)
  expect(await run()).toEqual(scanned)
  expect(scanned[0]?.count).toBe(2500)
})

it('finds the new name of an account that this or another process has written', async () => {
  const file = join(folder, 'rollcall.db')
  const [one, other] = [await open(file), await open(file)]
  const found = async (search: string) =>
    (await one.store.accounts({ snapshotId: id, search, limit: 9 })).accounts.map(({ name }) => name)
  await one.store.putAccounts(id, accounts.slice(0, 9))
  await one.store.putSnapshot(finished)
  expect(await found('even 4')).toEqual(['Even 4'])
  await one.store.putAccounts(id, [account(numbered(4), { name: 'Ada' })])
  expect([await found('ada'), await found('even 4')]).toEqual([['Ada'], []])
  await other.store.putAccounts(id, [account(numbered(4), { name: 'Bob' })])
  expect(await found('ada')).toEqual([])
  await other.store.putSnapshotHead({ ...finished, revision: 1 })
  expect(await found('bob')).toEqual(['Bob'])
})
