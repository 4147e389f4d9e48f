// The accounts that a plan excludes, counted by reason. The API calls them spared.

import { z } from 'zod'

export const excluded = z.object({ total: z.number(), byReason: z.record(z.string(), z.number()) })
