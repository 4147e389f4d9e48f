import { operation } from '../../operation.js'
import { csvPage as response } from '../../responses/csv-page.js'
import { accountTable, csvPage } from '../../tables.js'
import { accountsQuery, accountsRequestOf } from './query.js'

export const accountsCsv = operation({
  method: 'get',
  path: '/csv/accounts',
  role: 'auditor',
  summary: 'Export accounts of the newest snapshot as CSV, a page at a time',
  query: accountsQuery,
  response,
  async handler({ query }, { app }) {
    const { accounts, next } = await app.accounts(accountsRequestOf(query))
    return csvPage(accountTable, accounts, query.after === undefined, next)
  },
})
