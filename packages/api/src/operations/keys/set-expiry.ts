import { keyExpirySchema } from '@rollcall/core'
import { operation } from '../../operation.js'
import { keys } from '../../responses/keys.js'

export const setKeyExpiry = operation({
  method: 'patch',
  path: '/keys/expiry',
  role: 'admin',
  summary: 'Note the dates on which the API keys expire',
  body: keyExpirySchema,
  response: keys,
  handler: async ({ body }, { app, by }) => app.setKeyExpiry(body, by),
})
