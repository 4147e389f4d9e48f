import { operation } from '../../operation.js'
import { accountListing } from '../../responses/account-listing.js'
import { accountsQuery, accountsRequestOf } from './query.js'

export const accounts = operation({
  method: 'get',
  path: '/accounts',
  role: 'viewer',
  summary: 'List accounts of the newest snapshot, a page at a time',
  query: accountsQuery,
  response: accountListing,
  handler: async ({ query }, { app }) => app.accounts(accountsRequestOf(query)),
})
