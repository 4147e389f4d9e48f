// The list of managed accounts: which request reads it, and how its dates are read.

import { describe, expect, it } from 'vitest'
import { connect, key, organizationId } from './scripted.js'

const path = `/admin/v1/orgs/${organizationId}/users`
const accountId = '557058:4f9acfd2'
const row = (changes: Readonly<Record<string, unknown>> = {}) => ({
  account_id: accountId,
  account_type: 'atlassian',
  account_status: 'active',
  last_active: '2026-08-01T10:00:00Z',
  ...changes,
})
const read = async (...rows: readonly unknown[]) =>
  (await connect([{ body: { data: rows, links: {} } }]).directory.readManagedAccounts()).accounts

describe('the list of managed accounts', () => {
  it('is read page by page with the key for reads, and its cursor comes from a link', async () => {
    const next = `https://api.atlassian.com${path}?cursor=a%2Fb`
    const { directory, sent } = connect([{ body: { data: [row()], links: { next } } }, { body: { data: [] } }], {
      actKey: 'act',
    })
    expect(await directory.readManagedAccounts()).toEqual({
      accounts: [{ accountId, lastActive: { kind: 'at', at: Date.UTC(2026, 7, 1, 10) } }],
      cursor: 'a/b',
    })
    expect(await directory.readManagedAccounts('a/b')).toEqual({ accounts: [] })
    expect(sent.map((one) => [one.method, one.path, one.headers['authorization']])).toEqual([
      ['GET', path, `Bearer ${key}`],
      ['GET', `${path}?cursor=a%2Fb`, `Bearer ${key}`],
    ])
  })

  it.each([
    ['no date', { last_active: undefined }],
    ['null instead of a date', { last_active: null }],
    ['a placeholder', { last_active: '1970-01-01T00:00:00Z' }],
    ['no readable date', { last_active: 'yesterday' }],
    ['a number', { last_active: 1_785_578_400_000 }],
    ['products of another shape', { product_access: 'Jira' }],
    ['a product with a placeholder', { product_access: [{ key: 'jira', name: 'Jira', last_active: '1970-01-01' }] }],
  ])('with %s does not say when the account was last active', async (_, changes) => {
    expect((await read(row(changes)))[0]).toMatchObject({ accountId, lastActive: { kind: 'unknown' } })
  })

  it('counts the newest date of all products, and a date without a time as such', async () => {
    const product_access = [
      { key: 'jira', name: 'Jira', last_active: '2026-09-03' },
      { key: 'loom', name: 'Loom' },
    ]
    expect((await read(row({ product_access })))[0]?.lastActive).toEqual({
      kind: 'at',
      at: Date.UTC(2026, 8, 3),
      dateOnly: true,
    })
  })

  it('leaves out a row without an account, and keeps the others', async () => {
    const listed = await read(row({ account_id: null }), row({ account_id: '' }), row())
    expect(listed.map((one) => one.accountId)).toEqual([accountId])
  })
})
