// Operations that only look.

import type { AccountsRequest } from '@rollcall/core'
import { z } from 'zod'
import { operation } from './operation.js'
import { paths } from './paths.js'
import * as schemas from './schemas.js'
import { accountTable, auditTable, csvPage } from './tables.js'
import { planShape, protectionShape, resultShape, vetoShape, waitingShape } from './shapes.js'

const text = z.string().optional()
const accountsQuery = z.object({
  search: text,
  product: text,
  site: text,
  inGroup: text,
  after: text,
  inactiveFor: text.describe(
    'Such as 90d, up to the roll: of that product where site and product are given, else anywhere',
  ),
  status: z.enum(['active', 'suspended', 'deactivated']).optional(),
  sort: z.enum(['accountId', 'name', 'lastActive']).optional().describe('lastActive goes by what inactiveFor goes by'),
  managed: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
})
const auditQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})
const id = z.object({ id: z.string() })

const requestOf = ({ managed, ...query }: z.output<typeof accountsQuery>): AccountsRequest =>
  ({ ...query, managed: managed === undefined ? undefined : managed === 'true' }) as AccountsRequest

export const reading = {
  overview: operation(
    { ...paths.overview, summary: 'Where things stand', answer: schemas.overview },
    async (_, { app }) => ({ value: await app.overview() }),
  ),
  licenses: operation({ ...paths.licenses, summary: 'Seats', answer: schemas.licenses }, async (_, { app }) => ({
    value: await app.licenses(),
  })),
  accounts: operation(
    { ...paths.accounts, summary: 'One page of accounts', query: accountsQuery, answer: schemas.accounts },
    async ({ query }, { app }) => ({ value: await app.accounts(requestOf(query)) }),
  ),
  accountsCsv: operation(
    { ...paths.accountsCsv, summary: 'One page of accounts as CSV', query: accountsQuery, answer: schemas.csvPage },
    async ({ query }, { app }) => {
      const { accounts, next } = await app.accounts(requestOf(query))
      return { value: csvPage(accountTable, accounts, query.after === undefined, next) }
    },
  ),
  policies: operation(
    { ...paths.policies, summary: 'Cleanup policies', answer: z.array(schemas.storedPolicy) },
    async (_, { app }) => ({ value: await app.policies() }),
  ),
  plans: operation(
    { ...paths.plans, summary: 'Plans that wait for a person', answer: z.array(schemas.waiting) },
    async (_, { app }) => ({ value: (await app.waiting()).map(waitingShape) }),
  ),
  vetoes: operation(
    { ...paths.vetoes, summary: 'Accounts that are left alone', answer: z.array(schemas.veto) },
    async (_, { app }) => {
      const vetoes = await app.vetoes()
      const names = await app.namesOf(vetoes.map(({ accountId }) => accountId))
      return { value: vetoes.map((veto) => ({ ...vetoShape(veto), name: names.get(veto.accountId) ?? '' })) }
    },
  ),
  limits: operation(
    { ...paths.limits, summary: 'How far a run may go', answer: schemas.limits },
    async (_, { app }) => ({ value: await app.limits() }),
  ),
  showPlan: operation(
    { ...paths.showPlan, summary: 'A plan and what refuses it', params: id, answer: schemas.plan },
    async ({ params }, { app }) => ({ value: planShape(await app.showPlan(params.id)) }),
  ),
  runs: operation({ ...paths.runs, summary: 'The newest runs', answer: z.array(schemas.run) }, async (_, { app }) => ({
    value: await app.runs(100),
  })),
  runStatus: operation(
    { ...paths.runStatus, summary: 'A run', params: id, answer: schemas.run },
    async ({ params }, { app }) => ({ value: await app.runStatus(params.id) }),
  ),
  results: operation(
    { ...paths.results, summary: 'What a run did', params: id, answer: z.array(schemas.result) },
    async ({ params }, { app }) => ({ value: (await app.results(params.id)).map(resultShape) }),
  ),
  protections: operation(
    { ...paths.protections, summary: 'The protected list', answer: z.array(schemas.protection) },
    async (_, { app }) => ({ value: (await app.protections()).map(protectionShape) }),
  ),
  restDays: operation(
    { ...paths.restDays, summary: 'Days on which nothing runs by itself', answer: schemas.restDays },
    async (_, { app }) => ({ value: await app.restDays() }),
  ),
  audit: operation(
    {
      ...paths.audit,
      summary: 'Audit entries in order',
      query: auditQuery,
      answer: z.array(schemas.auditEntry),
    },
    async ({ query: { after, limit } }, { app }) => ({ value: await app.auditPage(after, limit) }),
  ),
  auditCsv: operation(
    { ...paths.auditCsv, summary: 'Audit entries in order, as CSV', query: auditQuery, answer: schemas.csvPage },
    async ({ query: { after, limit } }, { app }) => {
      const entries = await app.auditPage(after, limit)
      return { value: csvPage(auditTable, entries, after === 0, entries.at(-1)?.index ?? null) }
    },
  ),
  checkpoints: operation(
    { ...paths.checkpoints, summary: 'Signed checkpoints', answer: z.array(schemas.checkpoint) },
    async (_, { app }) => ({ value: await app.checkpoints() }),
  ),
  verification: operation(
    { ...paths.verification, summary: 'Recompute the chain', answer: schemas.verification },
    async (_, { app }) => ({ value: await app.verifyAudit() }),
  ),
}
