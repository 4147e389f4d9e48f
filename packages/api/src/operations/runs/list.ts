import { begunStatuses, lookupText, type RunListQuery } from '@rollcall/core'
import { z } from 'zod'
import { aliasOf, operation } from '../../operation.js'
import { run, runList as response } from '../../responses/run.js'

const text = lookupText('cursor').optional()
const newest = 100

export const runList = operation({
  method: 'get',
  path: '/runs/list',
  role: 'viewer',
  summary: 'List the runs that have begun, newest first, a page at a time',
  query: z.object({
    policy: text,
    status: z.enum(begunStatuses).optional(),
    after: text,
    limit: z.coerce.number().int().min(1).max(100).default(25),
  }),
  response,
  handler: async ({ query }, { app }) => app.runList(query as RunListQuery),
})

export const runs = aliasOf(runList, {
  path: '/runs',
  summary: `List the newest ${newest} runs, also those that need approval`,
  response: z.array(run),
  handler: async (_, { app }) => app.runs(newest),
})
