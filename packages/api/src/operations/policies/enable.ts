import { operation } from '../../operation.js'
import { storedPolicy } from '../../responses/policy.js'
import { name } from '../params.js'

export const enablePolicy = operation({
  method: 'post',
  path: '/policies/{name}/enable',
  role: 'approver',
  needsLicense: true,
  summary: 'Enable a policy',
  params: name,
  response: storedPolicy,
  async handler({ params }, { app, by, wake }) {
    const stored = await app.enablePolicy(params.name, by)
    // Its first occurrence may be soon.
    await wake()
    return stored
  },
})
