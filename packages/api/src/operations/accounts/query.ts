// The filter of the account list, as a query of HTTP.

import { boundedText, lookupText, type AccountsRequest } from '@rollcall/core'
import { z } from 'zod'

const text = boundedText('name').optional()

export const accountsQuery = z.object({
  search: text,
  product: text,
  site: text,
  inGroup: text,
  after: lookupText('cursor').optional().describe('The "next" of the page before it'),
  inactiveFor: text.describe(
    'A duration such as 90d, counted back from the snapshot; of one product where site and product are given',
  ),
  status: z.enum(['active', 'suspended', 'deactivated']).optional(),
  sort: z
    .enum(['accountId', 'name', 'lastActive'])
    .optional()
    .describe('`lastActive` sorts by the activity that `inactiveFor` filters'),
  managed: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
})

export const accountsRequestOf = ({ managed, ...query }: z.output<typeof accountsQuery>): AccountsRequest =>
  ({ ...query, managed: managed === undefined ? undefined : managed === 'true' }) as AccountsRequest
