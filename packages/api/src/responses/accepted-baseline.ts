// The baseline that an admin accepted: the percentage of inactive accounts in a snapshot.

import { z } from 'zod'

export const acceptedBaseline = z
  .object({
    snapshotId: z.string(),
    asOf: z.string(),
    accounts: z.number(),
    quiet: z.number().describe('Inactive accounts'),
    share: z.number().describe('Inactive accounts, in percent'),
  })
  .meta({ id: 'AcceptedBaseline' })
