// The request for a plan of accounts picked one by one, and its schema.

import { actionIds } from '../actions/index.js'
import { missingFor, namesNeedlessGroup } from '../actions/needs.js'
import { z } from 'zod'
import { boundedText, inputBounds } from '../model/input-bounds.js'
import { formatCount } from '../model/format-count.js'
import { parseAccountId } from '../model/ids.js'
import { accountIds } from './accounts-of-plan.js'

export const pickedRequest = z
  .strictObject({
    action: z.enum(actionIds),
    accounts: z
      .array(
        z.string().transform((text, context) => {
          const id = parseAccountId(text)
          if (id === undefined) context.addIssue({ code: 'custom', message: 'is not an account id' })
          return id ?? z.NEVER
        }),
      )
      .min(1, 'needs at least one account id')
      .max(inputBounds.pickedAccounts, `must be at most ${formatCount(inputBounds.pickedAccounts)} account ids`),
    /** Accounts to leave out of the plan. */
    exclude: accountIds.optional(),
    site: boundedText('name').optional(),
    product: boundedText('name').optional(),
    group: boundedText('name').optional(),
  })
  .superRefine((request, context) => {
    const { action, site, product, group } = request
    if ((site === undefined) !== (product === undefined))
      context.addIssue({ code: 'custom', message: 'site and product go together' })
    const missing = missingFor(action, { product, group })
    if (missing === 'product') context.addIssue({ code: 'custom', message: `${action} needs a site and a product` })
    if (missing === 'group') context.addIssue({ code: 'custom', message: `${action} needs a group` })
    if (namesNeedlessGroup(action, { group }))
      context.addIssue({ code: 'custom', message: `${action} changes no group: leave out "group"` })
  })
export type PickedRequest = z.input<typeof pickedRequest>
