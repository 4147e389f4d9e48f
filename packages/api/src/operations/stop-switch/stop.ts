import { operation } from '../../operation.js'
import { stopSwitch } from '../../responses/stop-switch.js'

export const stop = operation({
  method: 'post',
  path: '/stop',
  // Every role may turn the switch on.
  role: 'viewer',
  summary: 'Stop every run before its next change',
  response: stopSwitch,
  async handler(_, { app, by }) {
    const { entryFollows } = await app.stop(by)
    return { stopped: true, ...(entryFollows ? { entryFollows } : {}) }
  },
})
