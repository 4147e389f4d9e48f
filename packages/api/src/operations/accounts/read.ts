import { operation } from '../../operation.js'
import { accountDetails } from '../../responses/account-details.js'
import { id } from '../params.js'

export const account = operation({
  method: 'get',
  path: '/accounts/{id}',
  role: 'viewer',
  summary: 'Read one account: its products with the groups that grant them, and its history',
  params: id,
  response: accountDetails,
  handler: async ({ params }, { app }) => app.account(params.id),
})
