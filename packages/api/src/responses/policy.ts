// A stored policy.

import { actionIds, limitShape } from '@rollcall/core'
import { z } from 'zod'

const policy = z.object({
  name: z.string(),
  scope: z.union([z.literal('organization'), z.object({ site: z.string(), product: z.string() })]),
  conditions: z.unknown(),
  actions: z.array(z.enum(actionIds)),
  group: z.string().optional(),
  schedule: z.unknown().optional(),
  approval: z.enum(['required', 'automatic']),
  limits: z.object({ ...limitShape, take: z.number().optional() }),
})

export const storedPolicy = z
  .object({
    name: z.string(),
    policy,
    version: z.string(),
    enabled: z.boolean(),
    previewedVersion: z.string().optional(),
    previewedIn: z.string().optional(),
    enabledBy: z.string().optional(),
    createdAt: z.number(),
    firedAt: z.number().optional(),
  })
  .meta({ id: 'Policy' })
