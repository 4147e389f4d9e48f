import { boundedText, type PlanAccountsQuery } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { planAccounts as response } from '../../responses/plan-accounts.js'
import { pageQuery } from '../page-query.js'
import { id } from '../params.js'

/** Version 0.1.0 called the parts touched and spared. */
const parts = { changed: 'changed', excluded: 'excluded', touched: 'changed', spared: 'excluded' } as const
const part = z
  .enum(['changed', 'excluded', 'touched', 'spared'])
  .describe('`touched` and `spared` are older names of `changed` and `excluded`')
const reason = boundedText('reason')
  .optional()
  .describe('Only accounts excluded for this reason: its code, or its words')

/** The route and the name are older than the word account. */
export const planPeople = operation({
  method: 'get',
  path: '/plans/{id}/people',
  role: 'viewer',
  summary: 'List the accounts that a plan changes or excludes, with reasons',
  params: id,
  query: z.object({ part, reason, ...pageQuery }),
  response,
  handler: async ({ params, query }, { app }) =>
    app.planAccounts(params.id, { ...query, part: parts[query.part] } as PlanAccountsQuery),
})
