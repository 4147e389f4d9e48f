import { operation } from '../../operation.js'
import { stopSwitch } from '../../responses/stop-switch.js'

export const resume = operation({
  method: 'post',
  path: '/resume',
  role: 'approver',
  needsLicense: true,
  summary: 'Allow runs again',
  response: stopSwitch,
  async handler(_, { app, by, wake }) {
    await app.resume(by)
    await wake()
    return { stopped: false }
  },
})
