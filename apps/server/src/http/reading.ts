// Operations that only look.

import type { AccountsRequest, App } from '@rollcall/core'
import { z, type OpenAPIHono } from '@hono/zod-openapi'
import { planShape, protectionShape, resultShape, vetoShape, waitingShape } from '../shapes.js'
import { route } from './route.js'
import * as shapes from './schemas.js'

const text = z.string().optional()
const accountsQuery = z.object({
  ...{ search: text, product: text, site: text, inGroup: text, inactiveFor: text, after: text },
  status: z.enum(['active', 'suspended', 'deactivated']).optional(),
  sort: z.enum(['accountId', 'name', 'lastActive']).optional(),
  managed: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
})
const auditQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})
const id = z.object({ id: z.string() })

/** Adds the operations. */
export function readingRoutes(http: OpenAPIHono, app: App): void {
  const get = { method: 'get' } as const
  route(http, { ...get, path: '/api/overview', summary: 'Where things stand', answer: shapes.overview }, async () => ({
    value: await app.overview(),
  }))
  route(http, { ...get, path: '/api/licenses', summary: 'Seats', answer: shapes.licenses }, async () => ({
    value: await app.licenses(),
  }))
  route(
    http,
    { ...get, path: '/api/accounts', summary: 'One page of accounts', query: accountsQuery, answer: shapes.accounts },
    async ({ query: { managed, ...query } }) => {
      const wanted = managed === undefined ? undefined : managed === 'true'
      return { value: await app.accounts({ ...query, managed: wanted } as AccountsRequest) }
    },
  )
  route(
    http,
    { ...get, path: '/api/policies', summary: 'Cleanup policies', answer: z.array(shapes.storedPolicy) },
    async () => ({ value: await app.policies() }),
  )
  route(
    http,
    { ...get, path: '/api/plans', summary: 'Plans that wait for a person', answer: z.array(shapes.waiting) },
    async () => ({ value: (await app.waiting()).map(waitingShape) }),
  )
  route(
    http,
    { ...get, path: '/api/vetoes', summary: 'Accounts that are left alone', answer: z.array(shapes.veto) },
    async () => ({ value: (await app.vetoes()).map(vetoShape) }),
  )
  route(http, { ...get, path: '/api/limits', summary: 'How far a run may go', answer: shapes.limits }, async () => ({
    value: await app.limits(),
  }))
  route(
    http,
    { ...get, path: '/api/plans/{id}', summary: 'A plan and what refuses it', params: id, answer: shapes.plan },
    async ({ params }) => ({ value: planShape(await app.showPlan(params.id)) }),
  )
  route(http, { ...get, path: '/api/runs', summary: 'The newest runs', answer: z.array(shapes.run) }, async () => ({
    value: await app.runs(100),
  }))
  route(
    http,
    { ...get, path: '/api/runs/{id}', summary: 'A run', params: id, answer: shapes.run },
    async ({ params }) => ({
      value: await app.runStatus(params.id),
    }),
  )
  route(
    http,
    { ...get, path: '/api/runs/{id}/results', summary: 'What a run did', params: id, answer: z.array(shapes.result) },
    async ({ params }) => ({ value: (await app.results(params.id)).map(resultShape) }),
  )
  route(
    http,
    { ...get, path: '/api/protections', summary: 'The protected list', answer: z.array(shapes.protection) },
    async () => ({ value: (await app.protections()).map(protectionShape) }),
  )
  route(
    http,
    { ...get, path: '/api/rest-days', summary: 'Days on which nothing runs by itself', answer: shapes.restDays },
    async () => ({ value: await app.restDays() }),
  )
  route(
    http,
    {
      ...get,
      path: '/api/audit',
      summary: 'Audit entries in order',
      query: auditQuery,
      answer: z.array(shapes.auditEntry),
    },
    async ({ query: { after, limit } }) => ({ value: await app.auditPage(after, limit) }),
  )
  route(
    http,
    { ...get, path: '/api/audit/checkpoints', summary: 'Signed checkpoints', answer: z.array(shapes.checkpoint) },
    async () => ({ value: await app.checkpoints() }),
  )
  route(
    http,
    { ...get, path: '/api/audit/verification', summary: 'Recompute the chain', answer: shapes.verification },
    async () => ({ value: await app.verifyAudit() }),
  )
}
