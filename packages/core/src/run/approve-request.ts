// The request to approve a plan, and its schema.

import { z } from 'zod'
import { refusalCodes } from '../model/refusal.js'

export const approveRequest = z.strictObject({
  planId: z.string().min(1),
  fingerprint: z.string().min(1),
  accepted: z.array(z.enum(refusalCodes)).default([]),
})

export type ApproveRequest = z.input<typeof approveRequest>
