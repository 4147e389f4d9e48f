import { operation } from '../../operation.js'
import { storedPolicy } from '../../responses/policy.js'
import { name } from '../params.js'

export const disablePolicy = operation({
  method: 'post',
  path: '/policies/{name}/disable',
  role: 'operator',
  summary: 'Disable a policy',
  params: name,
  response: storedPolicy,
  handler: async ({ params }, { app, by }) => app.disablePolicy(params.name, by),
})
