// The requests that name accounts of a plan or a run: to exclude them, or to give access back to them.

import { z } from 'zod'
import { parseAccountId } from '../model/ids.js'
import { boundedText, inputBounds, lookupText } from '../model/input-bounds.js'

const mostAccounts = inputBounds.pickedInOneRequest

const accountId = lookupText('id').transform((text, context) => {
  const id = parseAccountId(text)
  if (id === undefined) context.addIssue({ code: 'custom', message: 'not an account id' })
  return id ?? z.NEVER
})

/** Account ids, each once. */
export const accountIds = z
  .array(accountId)
  .min(1, 'needs at least one account id')
  .max(mostAccounts, `takes at most ${mostAccounts} account ids`)
  .transform((ids) => [...new Set(ids)])

export const excludeRequest = z.strictObject({
  accounts: accountIds,
  reason: boundedText('reason').optional(),
})
export type ExcludeRequest = z.input<typeof excludeRequest>

/** Without a run, exactly one account. */
export const giveBackRequest = z
  .strictObject({ runId: lookupText('id').optional(), accounts: accountIds })
  .refine(({ runId, accounts }) => runId !== undefined || accounts.length === 1, 'needs a run, or exactly one account')
export type GiveBackRequest = z.input<typeof giveBackRequest>
