// The requests that change something: one for each kind of change, and no request that deletes an account or removes it from
// a directory.

import { readdirSync, readFileSync } from 'node:fs'
import type { AccountId, Change, DirectoryId, GroupId } from '@rollcall/core'
import { expect, it } from 'vitest'
import { requestOf } from '../src/changes.js'

const [accountId, directoryId, groupId] = ['a/1' as AccountId, 'd-1' as DirectoryId, 'g-1' as GroupId]

/** Method and path of every kind of change. The compiler asks for a new kind here. */
const requests: Readonly<Record<Change['kind'], string>> = {
  suspend: 'POST /v2/directories/d-1/users/a%2F1/suspend',
  restore: 'POST /v2/directories/d-1/users/a%2F1/restore',
  'add-to-group': 'POST /v2/directories/d-1/groups/g-1/memberships',
  'remove-from-group': 'DELETE /v2/directories/d-1/groups/g-1/memberships/a%2F1',
  deactivate: 'POST /users/a%2F1/manage/lifecycle/disable',
  activate: 'POST /users/a%2F1/manage/lifecycle/enable',
}

it.each(Object.entries(requests))('the change %s is %s', (kind, request) => {
  const { method, path } = requestOf({ kind, accountId, directoryId, groupId } as Change, '/v2')
  expect(`${method} ${path}`).toBe(request)
})

it('only the requests of changes delete, and only one call sends changes', () => {
  const folder = new URL('../src/', import.meta.url)
  const files = readdirSync(folder, { encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const holding = (text: RegExp) => files.filter((file) => text.test(readFileSync(new URL(file, folder), 'utf8')))
  expect(holding(/method: 'DELETE'/)).toEqual(['changes.ts'])
  expect(holding(/\.change\(/)).toEqual(['directory.ts'])
})
