// The filter of the account list, and its schema.

import { z } from 'zod'
import { boundedText, lookupText } from './input-bounds.js'
import { durationProblem, isDurationText } from './duration-text.js'

export const accountsRequest = z.strictObject({
  search: boundedText('search').optional(),
  status: z.enum(['active', 'suspended', 'deactivated']).optional(),
  managed: z.boolean().optional(),
  product: boundedText('name').optional(),
  site: boundedText('name').optional(),
  inGroup: boundedText('name').optional(),
  /** Counts back from the snapshot: in one product where `site` and `product` are both given, else in all products. */
  inactiveFor: boundedText('word').refine(isDurationText, durationProblem).optional(),
  sort: z.enum(['accountId', 'name', 'lastActive']).optional(),
  after: lookupText('cursor').optional(),
  limit: z.number().int().min(1).max(1000).default(50),
})

export type AccountsRequest = z.input<typeof accountsRequest>

export type CheckedAccountsRequest = z.output<typeof accountsRequest>

/** Picks all accounts that a filter matches, instead of listing their ids. */
export interface MatchingRequest {
  readonly matching: AccountsRequest
}
