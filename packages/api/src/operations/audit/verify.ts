import { operation } from '../../operation.js'
import { verification as response } from '../../responses/verification.js'

export const verification = operation({
  method: 'get',
  path: '/audit/verification',
  role: 'auditor',
  summary: 'Verify the audit log: recompute its hash chain and check its checkpoints',
  response,
  long: true,
  handler: async (_, { app }) => app.verifyAudit(),
})
