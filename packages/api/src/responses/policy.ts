// A stored policy.

import { z } from 'zod'
import { policyDocument } from './policy-document.js'

export const storedPolicy = z
  .object({
    name: z.string(),
    policy: policyDocument,
    version: z.string(),
    enabled: z.boolean(),
    previewedVersion: z.string().optional(),
    previewedIn: z.string().optional(),
    enabledBy: z.string().optional(),
    createdAt: z.number(),
    firedAt: z.number().optional(),
  })
  .meta({ id: 'Policy' })
