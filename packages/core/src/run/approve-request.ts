// The request to approve a plan, and its schema.

import { z } from 'zod'
import { inputBounds, lookupText } from '../model/input-bounds.js'
import { refusalCodes } from '../model/refusal.js'

export const approveRequest = z.strictObject({
  planId: lookupText('id'),
  fingerprint: lookupText('id'),
  accepted: z.array(z.enum(refusalCodes)).max(inputBounds.list).default([]),
})

export type ApproveRequest = z.input<typeof approveRequest>
