// Activity outside the listed products counts too: an account that is active anywhere is not inactive.

import { lastActiveAnywhere, newestActivity } from '@rollcall/core'
import { expect, it } from 'vitest'
import { readAccountRow } from '../src/accounts.js'
import { grant, jira, userRow, workspace } from './rows.js'

const used = (id: string, lastActiveTimestamp: string | null) => ({ id, key: 'any', lastActiveTimestamp })
const read = (changes: Readonly<Record<string, unknown>>) =>
  readAccountRow({ ...userRow(), ...changes } as never, [workspace(jira)], [grant()])
const recent = '2026-11-23T10:00:00Z'

it.each([
  ['a sandbox', 'ari:cloud:jira-software::site/sandbox'],
  ['a product that was bought later', 'ari:cloud:loom::site/8f1c'],
  ['an address of another shape', 'ari:cloud:trello::workspace/5'],
])('activity on %s is the last activity', (_what, id) => {
  const account = read({ productAccess: [used(jira, '2026-01-01T10:00:00Z'), used(id, recent)] })
  expect(lastActiveAnywhere(account)).toEqual({ kind: 'at', at: Date.parse(recent) })
  expect(newestActivity(account)).toBe(Date.parse(recent))
})

it('an unreadable date elsewhere makes the last activity unknown', () => {
  const account = read({ productAccess: [used(jira, '2026-01-01T10:00:00Z'), used('ari:cloud:loom::site/1', null)] })
  expect(lastActiveAnywhere(account).kind).toBe('unknown')
})

it('missing product access makes the last activity unknown, not "never"', () => {
  expect(lastActiveAnywhere(read({ productAccess: null, groups: [] })).kind).toBe('unknown')
})

it('a date without a time wins over an instant of the same day, and keeps its margin', () => {
  const account = read({
    productAccess: [used(jira, '2026-08-20'), used('ari:cloud:loom::site/1', '2026-08-20T01:00:00Z')],
  })
  expect(lastActiveAnywhere(account)).toMatchObject({ at: Date.UTC(2026, 7, 20), dateOnly: true })
})

it.each([
  ['a missing source', { managementSource: undefined }, true],
  ['an unknown source', { managementSource: 'quantum' }, true],
  ['no source', { managementSource: null }, false],
  ['an invitation', { managementSource: 'invited' }, false],
])('%s: owned by the identity provider?', (_what, changes, synced) => {
  expect(read(changes).synced).toBe(synced)
})
