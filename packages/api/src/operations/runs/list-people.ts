import { runBuckets, type RunPageQuery } from '@rollcall/core'
import { z } from 'zod'
import { aliasOf, operation } from '../../operation.js'
import { runPeople as response } from '../../responses/run-people.js'
import { resultShape, stepResult } from '../../responses/step-result.js'
import { pageQuery } from '../page-query.js'
import { id } from '../params.js'

export const runPeople = operation({
  method: 'get',
  path: '/runs/{id}/people',
  role: 'viewer',
  summary: 'List the accounts of a run with their outcomes, a page at a time',
  params: id,
  query: z.object({ state: z.enum(runBuckets).optional(), ...pageQuery }),
  response,
  handler: async ({ params, query }, { app }) => app.runPage(params.id, query as RunPageQuery),
})

export const results = aliasOf(runPeople, {
  path: '/runs/{id}/results',
  summary: 'List the steps of a run with their outcomes',
  params: id,
  response: z.array(stepResult),
  handler: async ({ params }, { app }) => (await app.results(params.id)).map(resultShape),
})
