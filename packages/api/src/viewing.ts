// Operations that show plans, runs and people as a page does: summed up, and in pages.

import {
  begunStatuses,
  runBuckets,
  type AuditQuery,
  type AutomaticQuery,
  type PlanPageQuery,
  type PlanQuery,
  type ProtectionQuery,
  type RunListQuery,
  type RunPageQuery,
} from '@rollcall/core'
import { z } from 'zod'
import { instantIn } from './dates.js'
import { operation } from './operation.js'
import { paths } from './paths.js'
import { csvPage as csvPageSchema } from './schemas.js'
import { auditTable, csvPage } from './tables.js'
import * as schemas from './view-schemas.js'

const id = z.object({ id: z.string() })
const page = {
  search: z.string().min(1).optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}
const planQuery = z.object({ part: z.enum(['touched', 'spared']), reason: z.string().optional(), ...page })
const runQuery = z.object({ state: z.enum(runBuckets).optional(), ...page })

const text = z.string().min(1).optional()
// A plan may name a thousand of those that it spares: more plans are more than one answer may hold.
const plansQuery = z.object({ after: text, limit: z.coerce.number().int().min(1).max(25).default(25) })
const runsQuery = z.object({
  policy: text,
  status: z.enum(begunStatuses).optional(),
  after: text,
  limit: z.coerce.number().int().min(1).max(100).default(25),
})
const auditQuery = z.object({
  subject: text,
  actor: text,
  event: text,
  action: text,
  outcome: text,
  runId: text,
  planId: text,
  policy: text,
  from: text,
  to: text,
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const document = z.looseObject({}).describe('a policy, as in a policy file')

const searchOf = ({ from, to, ...query }: z.output<typeof auditQuery>) =>
  ({ ...query, from: instantIn(from), to: instantIn(to) }) as AuditQuery

export const viewing = {
  attention: operation(
    { ...paths.attention, summary: 'What needs a person', answer: schemas.attention },
    async (_, { app }) => ({ value: await app.attention() }),
  ),
  activity: operation(
    { ...paths.activity, summary: 'How long ago people were last active', answer: schemas.activity },
    async (_, { app }) => ({ value: await app.activity() }),
  ),
  seatHistory: operation(
    { ...paths.seatHistory, summary: 'Seats at the newest rolls', answer: schemas.seatHistory },
    async (_, { app }) => ({ value: await app.seatHistory() }),
  ),
  syncProgress: operation(
    { ...paths.syncProgress, summary: 'How far the roll is', answer: schemas.syncProgress },
    async (_, { app }) => ({ value: await app.syncProgress() }),
  ),
  policyCards: operation(
    { ...paths.policyCards, summary: 'Policies in words', answer: schemas.policyCards },
    async (_, { app }) => ({ value: await app.policyCards() }),
  ),
  reviewPolicy: operation(
    {
      ...paths.reviewPolicy,
      summary: 'What is wrong with a policy, and when it would act',
      body: document,
      answer: schemas.review,
    },
    async ({ body }, { app }) => ({ value: await app.reviewPolicy(body) }),
  ),
  tryPolicy: operation(
    { ...paths.tryPolicy, summary: 'Whom a policy would touch now', body: document, answer: schemas.trial },
    async ({ body }, { app }) => ({ value: await app.tryPolicy(body) }),
  ),
  listLimits: operation(
    { ...paths.listLimits, summary: 'Limits with their bounds', answer: schemas.listedLimits },
    async (_, { app }) => ({ value: await app.listLimits() }),
  ),
  listNonWorkingDays: operation(
    { ...paths.listNonWorkingDays, summary: 'Rest days, and why they cannot be read', answer: schemas.listedRestDays },
    async (_, { app }) => ({ value: await app.listNonWorkingDays() }),
  ),
  keys: operation(
    { ...paths.keys, summary: 'Until when the keys hold, and what they can do', answer: schemas.keys },
    async (_, { app }) => ({ value: await app.keys() }),
  ),
  automaticProtections: operation(
    {
      ...paths.automaticProtections,
      summary: 'A page of those who are protected by themselves',
      query: z.object(page),
      answer: schemas.automatic,
    },
    async ({ query }, { app }) => ({ value: await app.automaticProtections(query as AutomaticQuery) }),
  ),
  protectionList: operation(
    {
      ...paths.protectionList,
      summary: 'A page of the protected list, with the names of people',
      query: z.object(page),
      answer: schemas.protectionList,
    },
    async ({ query }, { app }) => ({ value: await app.protectionList(query as ProtectionQuery) }),
  ),
  searchAudit: operation(
    { ...paths.searchAudit, summary: 'Audit entries, newest first', query: auditQuery, answer: schemas.auditFound },
    async ({ query }, { app }) => ({ value: await app.searchAudit(searchOf(query)) }),
  ),
  searchAuditCsv: operation(
    {
      ...paths.searchAuditCsv,
      summary: 'Audit entries, newest first, as CSV',
      query: auditQuery,
      answer: csvPageSchema,
    },
    async ({ query }, { app }) => {
      const { entries, next } = await app.searchAudit(searchOf(query))
      return { value: csvPage(auditTable, entries, query.before === undefined, next) }
    },
  ),
  account: operation(
    { ...paths.account, summary: 'One person, with what grants each seat', params: id, answer: schemas.person },
    async ({ params }, { app }) => ({ value: await app.account(params.id) }),
  ),
  savedFilters: operation(
    { ...paths.savedFilters, summary: 'Saved filters of the account list', answer: schemas.savedFilters },
    async (_, { app }) => ({ value: await app.savedFilters() }),
  ),
  planList: operation(
    {
      ...paths.planList,
      summary: 'Plans that wait for a person, and a page of all others, newest first',
      query: plansQuery,
      answer: schemas.planList,
    },
    async ({ query }, { app }) => ({ value: await app.planList(query as PlanQuery) }),
  ),
  planSummary: operation(
    { ...paths.planSummary, summary: 'A plan in figures', params: id, answer: schemas.planSummary },
    async ({ params }, { app }) => ({ value: await app.planSummary(params.id) }),
  ),
  planPeople: operation(
    {
      ...paths.planPeople,
      summary: 'Whom a plan touches or spares, and why',
      params: id,
      query: planQuery,
      answer: schemas.planPage,
    },
    async ({ params, query }, { app }) => ({ value: await app.planPage(params.id, query as PlanPageQuery) }),
  ),
  runList: operation(
    {
      ...paths.runList,
      summary: 'A page of the runs that have begun, newest first',
      query: runsQuery,
      answer: schemas.runList,
    },
    async ({ query }, { app }) => ({ value: await app.runList(query as RunListQuery) }),
  ),
  runProgress: operation(
    { ...paths.runProgress, summary: 'How far a run is', params: id, answer: schemas.runProgress },
    async ({ params }, { app }) => ({ value: await app.runProgress(params.id) }),
  ),
  runPeople: operation(
    {
      ...paths.runPeople,
      summary: 'What became of each person of a run',
      params: id,
      query: runQuery,
      answer: schemas.runPage,
    },
    async ({ params, query }, { app }) => ({ value: await app.runPage(params.id, query as RunPageQuery) }),
  ),
}
