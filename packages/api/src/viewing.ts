// Operations that show plans, runs and people as a page does: summed up, and in pages.

import { runBuckets, type PlanPageQuery, type RunPageQuery } from '@rollcall/core'
import { z } from 'zod'
import { operation } from './operation.js'
import { paths } from './paths.js'
import * as schemas from './view-schemas.js'

const id = z.object({ id: z.string() })
const page = {
  ...{ search: z.string().min(1).optional(), after: z.string().optional() },
  limit: z.coerce.number().int().min(1).max(100).default(50),
}
const planQuery = z.object({ part: z.enum(['touched', 'spared']), reason: z.string().optional(), ...page })
const runQuery = z.object({ state: z.enum(runBuckets).optional(), ...page })

export const viewing = {
  account: operation(
    { ...paths.account, summary: 'One person, with what grants each seat', params: id, answer: schemas.person },
    async ({ params }, { app }) => ({ value: await app.account(params.id) }),
  ),
  planList: operation(
    { ...paths.planList, summary: 'Plans that wait for a person, then the newest', answer: schemas.planList },
    async (_, { app }) => ({ value: await app.planList(50) }),
  ),
  planSummary: operation(
    { ...paths.planSummary, summary: 'A plan in figures', params: id, answer: schemas.planSummary },
    async ({ params }, { app }) => ({ value: await app.planSummary(params.id) }),
  ),
  planPeople: operation(
    {
      ...{ ...paths.planPeople, summary: 'Whom a plan touches or spares, and why' },
      ...{ params: id, query: planQuery, answer: schemas.planPage },
    },
    async ({ params, query }, { app }) => ({ value: await app.planPage(params.id, query as PlanPageQuery) }),
  ),
  runProgress: operation(
    { ...paths.runProgress, summary: 'How far a run is', params: id, answer: schemas.runProgress },
    async ({ params }, { app }) => ({ value: await app.runProgress(params.id) }),
  ),
  runPeople: operation(
    {
      ...{ ...paths.runPeople, summary: 'What became of each person of a run' },
      ...{ params: id, query: runQuery, answer: schemas.runPage },
    },
    async ({ params, query }, { app }) => ({ value: await app.runPage(params.id, query as RunPageQuery) }),
  ),
}
