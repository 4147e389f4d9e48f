// Activity on one product: existing rows count as unknown, and an index sorts the pages.

import type { Account, AccountQuery, LastActive } from '@rollcall/core'
import { brandId } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { migrate } from '../src/index.js'
import { account, open, snapshotId } from './fixtures.js'

const base = Date.UTC(2026, 0, 1)
const place = { site: 'a.atlassian.net', product: 'jira' }
const user = (id: string, lastActive: LastActive): Account =>
  account(id, { products: [{ ...place, workspace: brandId('ari'), lastActive }] })
const users = [user('a', { kind: 'at', at: base + 20 }), user('b', { kind: 'at', at: base + 10 })]

/** Turns the database into one of the previous version, and keeps its content. */
const downgrade = `
  drop index account_products_by_product;
  drop index account_products_by_activity;
  alter table account_products drop column last_active;
  alter table account_products drop column inactive_since;
  create index account_products_by_product on account_products (snapshot_id, product, account_id, site);
  delete from rollcall_migrations where version = '0009-product-activity'`

describe('a database without activity on products', () => {
  const inactive = { snapshotId, ...place, inactiveBefore: base + 1000 }

  it('lists all accounts, and none as inactive on a product, until the next sync', async () => {
    const { db, store, driver } = await open()
    await store.putAccounts(snapshotId, users)
    driver.exec(downgrade)
    await migrate(db)
    expect(await store.countAccounts(inactive)).toBe(0)
    expect((await store.accounts({ ...inactive, sort: 'lastActive', limit: 9 })).accounts).toEqual([])
    const all = await store.accounts({ snapshotId, ...place, sort: 'lastActive', limit: 9 })
    expect(all.accounts).toEqual(users)
    await store.putAccounts(snapshotId, users)
    expect(await store.countAccounts(inactive)).toBe(2)
  })

  it.each([1, 2, 3, 4])('completes the migration after an interruption behind step %i', async (done) => {
    const { db, store, driver } = await open()
    await store.putAccounts(snapshotId, users)
    driver.exec(downgrade)
    const steps = [
      'alter table account_products add column last_active bigint not null default 0',
      'create index account_products_by_activity on account_products (snapshot_id, product, site, last_active, account_id)',
      `alter table account_products add column inactive_since bigint not null default ${Number.MAX_SAFE_INTEGER}`,
      'drop index account_products_by_product',
    ]
    driver.exec(steps.slice(0, done).join(';'))
    await migrate(db)
    await store.putAccounts(snapshotId, users)
    expect(await store.countAccounts(inactive)).toBe(2)
    const names = driver.prepare(`select name from sqlite_master where name like 'account_products_by_%' order by 1`)
    expect(names.pluck().all()).toEqual(['account_products_by_activity', 'account_products_by_product'])
  })
})

describe('the query plan of SQLite', () => {
  /** The query plan of SQLite for a query of accounts. */
  async function plansOf(query: Omit<AccountQuery, 'snapshotId'>, count = false): Promise<readonly string[]> {
    const { driver, store } = await open()
    const prepare = driver.prepare.bind(driver)
    const statements: string[] = []
    driver.prepare = ((text: string) => {
      statements.push(text)
      return prepare(text)
    }) as typeof driver.prepare
    const { limit: _limit, after: _after, sort: _sort, ...filter } = { ...query, snapshotId }
    await (count ? store.countAccounts(filter) : store.accounts({ ...query, snapshotId }))
    expect(statements).toHaveLength(1)
    return statements.flatMap((text) => {
      const parameters = Array.from({ length: text.split('?').length - 1 }, () => 1)
      return (prepare(`explain query plan ${text}`).all(...parameters) as { detail: string }[]).map((row) => row.detail)
    })
  }
  const after = JSON.stringify([10, 'a'])

  it.each<[string, Omit<AccountQuery, 'snapshotId' | 'limit'>]>([
    ['of the first page', place],
    ['of a later page', { ...place, after }],
    ['of the inactive', { ...place, after, inactiveBefore: 1000 }],
    ['with more filters', { ...place, after, inactiveBefore: 1000, status: 'active', managed: true }],
  ])('reads accounts by activity on a product in index order, and sorts nothing: %s', async (_what, query) => {
    const plan = await plansOf({ ...query, sort: 'lastActive', limit: 50 })
    expect(plan[0]).toMatch(/^SEARCH access USING (COVERING )?INDEX account_products_by_activity/)
    expect(plan.filter((line) => /TEMP B-TREE|^SCAN/.test(line))).toEqual([])
  })

  it.each(['accountId', 'name'] as const)('sorts nothing by %s, and filters the inactive by an index', async (sort) => {
    const plan = await plansOf({ ...place, inactiveBefore: 1000, sort, limit: 50 })
    expect(plan.join('\n')).toContain('COVERING INDEX account_products_by_product')
    expect(plan.filter((line) => /TEMP B-TREE|^SCAN/.test(line))).toEqual([])
  })

  it('counts the inactive users of a product from an index alone', async () => {
    expect(await plansOf({ ...place, inactiveBefore: 1000, limit: 1 }, true)).toEqual([
      expect.stringMatching(/^SEARCH account_products USING COVERING INDEX account_products_by_product/),
    ])
  })
})
