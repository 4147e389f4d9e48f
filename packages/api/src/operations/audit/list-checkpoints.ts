import { z } from 'zod'
import { operation } from '../../operation.js'
import { checkpoint } from '../../responses/checkpoint.js'

export const checkpoints = operation({
  method: 'get',
  path: '/audit/checkpoints',
  role: 'viewer',
  summary: 'List the signed checkpoints of the audit log',
  response: z.array(checkpoint),
  handler: async (_, { app }) => app.checkpoints(),
})
