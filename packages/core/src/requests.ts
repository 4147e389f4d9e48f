// What callers may ask for, checked at the door: the inputs of the app's operations.

import { actionIds } from './actions/ids.js'
import { z } from 'zod'
import { parseAccountId } from './ids.js'
import { refusalCodes } from './plan.js'
import { parseDuration } from './time.js'

export const accountsRequest = z.strictObject({
  search: z.string().min(1).optional(),
  status: z.enum(['active', 'suspended', 'deactivated']).optional(),
  managed: z.boolean().optional(),
  product: z.string().min(1).optional(),
  site: z.string().min(1).optional(),
  inGroup: z.string().min(1).optional(),
  /** Up to the roll; of one product where both `site` and `product` are given, else of anything. */
  inactiveFor: z
    .string()
    .refine((text) => parseDuration(text) !== undefined, 'must be a duration such as 90d, 12w or 24h')
    .optional(),
  sort: z.enum(['accountId', 'name', 'lastActive']).optional(),
  after: z.string().optional(),
  limit: z.number().int().min(1).max(1000).default(50),
})
export type AccountsRequest = z.input<typeof accountsRequest>
export type CheckedAccountsRequest = z.output<typeof accountsRequest>

export const pickedRequest = z
  .strictObject({
    action: z.enum(actionIds),
    accounts: z
      .array(
        z.string().transform((text, context) => {
          const id = parseAccountId(text)
          if (id === undefined) context.addIssue({ code: 'custom', message: `"${text}" is not an account id` })
          return id ?? z.NEVER
        }),
      )
      .min(1, 'needs at least one account id'),
    site: z.string().min(1).optional(),
    product: z.string().min(1).optional(),
    group: z.string().min(1).optional(),
  })
  .superRefine((request, context) => {
    const { action, site, product, group } = request
    if ((site === undefined) !== (product === undefined))
      context.addIssue({ code: 'custom', message: 'site and product go together' })
    if (action.endsWith('-product-access') && product === undefined)
      context.addIssue({ code: 'custom', message: `${action} needs a site and a product` })
    if (action.endsWith('-group') && group === undefined)
      context.addIssue({ code: 'custom', message: `${action} needs a group` })
  })
export type PickedRequest = z.input<typeof pickedRequest>

/** All accounts that a filter matches, in place of their ids. */
export interface MatchingRequest {
  readonly matching: AccountsRequest
}

export const approveRequest = z.strictObject({
  planId: z.string().min(1),
  fingerprint: z.string().min(1),
  accepted: z.array(z.enum(refusalCodes)).default([]),
})
export type ApproveRequest = z.input<typeof approveRequest>
