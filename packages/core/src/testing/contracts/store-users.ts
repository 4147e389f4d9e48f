// The contract of every Store for the users of one product: it finds and sorts them by the use of only that product.

import type { Account } from '../../model/account.js'
import { brandId } from '../../model/ids.js'
import type { Store } from '../../ports.js'
import { day } from '../../model/time.js'
import { access, account, accountId, site } from '../builders.js'
import { testNow } from '../manual-system.js'
import { same, type Promised } from './promised.js'
import { idsOf, snapshotId, type Query } from './store-accounts.js'

const jiraHere = { site, product: 'jira-software' }
const wikiThere = { site: 'eu.atlassian.net', product: 'confluence' }
const at = (offset: number) => ({ kind: 'at', at: testNow + offset }) as const
const unknown = { kind: 'unknown', why: 'not told' } as const
/** Users whose activity in Jira differs from their activity in all products. */
const users: readonly Account[] = [
  account({
    accountId: accountId('both'),
    products: [access({ lastActive: at(10) }), access({ ...wikiThere, lastActive: at(90) })],
  }),
  account({
    accountId: accountId('busy'),
    products: [access({ lastActive: at(90) }), access({ ...wikiThere, lastActive: at(10) })],
  }),
  account({ accountId: accountId('date'), products: [access({ lastActive: { ...at(20), dateOnly: true } })] }),
  account({
    accountId: accountId('never'),
    products: [
      access({ lastActive: { kind: 'never', since: testNow + 30 } }),
      access({ ...wikiThere, lastActive: at(90) }),
    ],
  }),
  account({
    accountId: accountId('odd'),
    products: [access({ lastActive: unknown }), access({ ...wikiThere, lastActive: at(10) })],
  }),
  account({ accountId: accountId('only'), products: [access({ ...wikiThere, lastActive: at(5) })] }),
]
const ofUsers: readonly (readonly [string, Query, string])[] = [
  [
    'not active on a product of a site, whatever else they use',
    { ...jiraHere, inactiveBefore: testNow + 80 },
    'both never',
  ],
  [
    'not active on it, strictly, a date counting to its end',
    { ...jiraHere, inactiveBefore: testNow + day + 21 },
    'both busy date never',
  ],
  ['not active on it before anybody was', { ...jiraHere, inactiveBefore: testNow + 10 }, ''],
  ['not active on another product', { ...wikiThere, inactiveBefore: testNow + 80 }, 'busy odd only'],
  [
    'not active on it, in the order of its use',
    { ...jiraHere, inactiveBefore: testNow + 80, sort: 'lastActive' },
    'never both',
  ],
  [
    'not active on it, with everything else that is asked',
    {
      ...jiraHere,
      inactiveBefore: testNow + 80,
      sort: 'lastActive',
      status: 'active',
      managed: true,
      search: 'person',
    },
    'never both',
  ],
  [
    'in the order of its use, the never-active and the unknown first',
    { ...jiraHere, sort: 'lastActive' },
    'never odd both date busy',
  ],
  [
    'not active anywhere, where only the product is asked for',
    { product: jiraHere.product, inactiveBefore: testNow + 80 },
    '',
  ],
  [
    'in the order of any use, where only the site is asked for',
    { site: wikiThere.site, sort: 'lastActive' },
    'odd only both busy never',
  ],
]

export const storeUsersContract: readonly Promised<Store>[] = ofUsers.map(([what, query, expected]) => ({
  promise: `finds users ${what}`,
  async check(store) {
    await store.putAccounts(snapshotId, users)
    await store.putAccounts(brandId('another'), users)
    for (const limit of [1, 2, 9]) same(await idsOf(store, query, limit, ' '), expected, what)
  },
}))
