// One account in full: its products with the groups that grant them, and what Rollcall did to it.

import { actionIds } from '@rollcall/core'
import { z } from 'zod'
import { account, lastActive } from './account.js'
import type { ReadOnly } from './read-only.js'

const grantedBy = z
  .array(z.object({ name: z.string(), modifiable: z.boolean() }))
  .describe('Empty: a role of the account itself grants it, or a group that Rollcall cannot see')

export const accountDetails = z
  .object({
    asOf: z.string(),
    account,
    lastActiveInAtlassian: lastActive
      .nullable()
      .describe('Activity in all of Atlassian, also outside the organization; null where Atlassian lists none'),
    addedAt: z.string().nullable(),
    products: z.array(z.object({ site: z.string(), product: z.string(), lastActive, grantedBy })),
    leftAlone: z.string().nullable().describe('Why the account is exempt: a person restored its access'),
    history: z.array(
      z.object({
        runId: z.string(),
        action: z.enum(actionIds),
        what: z.string(),
        state: z.string(),
        reason: z.string().nullable(),
        at: z.string().nullable(),
        mayGiveBack: z.boolean().describe('It removed access, and nobody has given it back since'),
      }),
    ),
  })
  .meta({ id: 'AccountDetails' })
export type AccountDetails = ReadOnly<z.output<typeof accountDetails>>
