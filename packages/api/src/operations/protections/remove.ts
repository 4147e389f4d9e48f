import { lookupText } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'

export const unprotect = operation({
  method: 'delete',
  path: '/protections',
  role: 'operator',
  summary: 'Remove an entry of the protected list',
  body: z.strictObject({ subject: lookupText('cursor') }),
  response: z.object({ removed: z.string() }),
  async handler({ body: { subject } }, { app, by }) {
    await app.unprotect(subject, by)
    return { removed: subject }
  },
})
