import { operation } from '../../operation.js'
import { keys } from '../../responses/keys.js'

export const checkKeys = operation({
  method: 'post',
  path: '/keys/check',
  role: 'admin',
  summary: 'Check what the API keys can do, by requests that change nothing',
  response: keys,
  long: true,
  handler: async (_, { app, by }) => app.checkKeys(by),
})
