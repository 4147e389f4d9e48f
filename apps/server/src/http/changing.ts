// Operations that change something here, or let a run change something at Atlassian.

import {
  actionIds,
  parseInstant,
  readPolicy,
  refusalCodes,
  UsageError,
  type App,
  type PickedRequest,
} from '@rollcall/core'
import { z, type OpenAPIHono } from '@hono/zod-openapi'
import { system } from '../connect.js'
import { planShape, protectionShape } from '../shapes.js'
import { route } from './route.js'
import * as shapes from './schemas.js'

/** There is no sign-in yet: the audit log says that the page or a script on this machine asked. */
const by = 'local http'
const id = z.object({ id: z.string() })
const name = z.object({ name: z.string() })

const wish = z.union([
  z.strictObject({ policy: z.string().min(1).describe('the name of a stored policy') }),
  z.strictObject({ document: z.looseObject({}).describe('a policy, as in a policy file') }),
  z.strictObject({
    action: z.enum(actionIds),
    accounts: z.array(z.string()),
    ...{ site: z.string().optional(), product: z.string().optional(), group: z.string().optional() },
  }),
])
const approval = z.strictObject({ fingerprint: z.string(), accepted: z.array(z.enum(refusalCodes)).default([]) })
const protecting = z.strictObject({ subject: z.string(), reason: z.string().min(1), until: z.string().optional() })

function policyOf(document: unknown) {
  const read = readPolicy(document)
  if ('policy' in read) return read.policy
  throw new UsageError(read.problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
}

const planned = (app: App, asked: z.infer<typeof wish>) => {
  if ('policy' in asked) return app.planStored(asked.policy, by)
  if ('document' in asked) return app.planFile(policyOf(asked.document), by)
  return app.planPicked(asked as PickedRequest, by)
}

/** Adds the operations; `wake` tells the worker that there is something to do. */
export function changingRoutes(http: OpenAPIHono, app: App, wake: () => void): void {
  const post = { method: 'post' } as const
  route(http, { ...post, path: '/api/sync', summary: 'Take the roll', answer: shapes.snapshot }, async () => {
    const begun = system.now()
    const [before, { id: snapshotId, asOf, accounts, complete }] = [app.requests(), await app.sync(by)]
    const rest = { requests: app.requests() - before, durationMs: system.now() - begun }
    return { value: { snapshotId, asOf: new Date(asOf ?? begun).toISOString(), accounts, complete, ...rest } }
  })
  route(
    http,
    {
      ...post,
      path: '/api/plans',
      summary: 'Preview; nothing is changed',
      body: wish,
      answer: shapes.plan,
      status: 201,
    },
    async ({ body }) => ({ value: planShape(await planned(app, body)) }),
  )
  route(
    http,
    {
      ...post,
      path: '/api/plans/{id}/approval',
      summary: 'Approve a plan; the worker runs it',
      params: id,
      body: approval,
      answer: shapes.run,
      status: 202,
    },
    async ({ params, body }) => {
      const approved = await app.approve({ planId: params.id, ...body }, by)
      if ('refusals' in approved) return { refused: { refusals: approved.refusals } }
      wake()
      return { value: await app.runStatus(approved.run.runId) }
    },
  )
  route(
    http,
    { ...post, path: '/api/plans/{id}/discard', summary: 'It never runs', params: id, answer: shapes.discarded },
    async ({ params }) => {
      const { planId, status } = await app.discard(params.id, by)
      return { value: { planId, status } }
    },
  )
  route(
    http,
    {
      ...post,
      path: '/api/runs/{id}/undo',
      summary: 'Plan the way back',
      params: id,
      answer: shapes.plan,
      status: 201,
    },
    async ({ params }) => ({ value: planShape(await app.planUndo(params.id, by)) }),
  )
  route(
    http,
    {
      ...post,
      path: '/api/policies',
      summary: 'Import a policy; it is born disabled',
      body: z.looseObject({}),
      answer: shapes.storedPolicy,
      status: 201,
    },
    async ({ body }) => ({ value: await app.importPolicy(policyOf(body), by) }),
  )
  for (const [verb, change] of [
    ['enable', 'enablePolicy'],
    ['disable', 'disablePolicy'],
  ] as const)
    route(
      http,
      {
        ...post,
        path: `/api/policies/{name}/${verb}`,
        summary: `${verb} a policy`,
        params: name,
        answer: shapes.storedPolicy,
      },
      async ({ params }) => ({ value: await app[change](params.name, by) }),
    )
  route(
    http,
    {
      method: 'delete',
      path: '/api/policies/{name}',
      summary: 'Delete a policy',
      params: name,
      answer: z.object({ deleted: z.string() }),
    },
    async ({ params }) => {
      await app.deletePolicy(params.name, by)
      return { value: { deleted: params.name } }
    },
  )
  route(
    http,
    { method: 'put', path: '/api/protections', summary: 'Protect', body: protecting, answer: shapes.protection },
    async ({ body: { subject, reason, until } }) => {
      const end = until === undefined ? undefined : parseInstant(until)
      if (until !== undefined && end === undefined) throw new UsageError(`"${until}" is not a date such as 2027-01-31.`)
      return { value: protectionShape(await app.protect({ subject, reason, until: end }, by)) }
    },
  )
  route(
    http,
    {
      method: 'delete',
      path: '/api/protections',
      summary: 'Stop protecting',
      body: z.strictObject({ subject: z.string() }),
      answer: z.object({ removed: z.string() }),
    },
    async ({ body: { subject } }) => {
      await app.unprotect(subject, by)
      return { value: { removed: subject } }
    },
  )
  route(
    http,
    {
      method: 'put',
      path: '/api/rest-days',
      summary: 'Replace the rest days',
      body: shapes.restDays,
      answer: shapes.restDays,
    },
    async ({ body }) => ({ value: await app.setRestDays(body, by) }),
  )
  route(
    http,
    {
      method: 'delete',
      path: '/api/vetoes/{id}',
      summary: 'Judge an account like everybody again',
      params: id,
      answer: z.object({ lifted: z.string() }),
    },
    async ({ params }) => {
      await app.liftVeto(params.id, by)
      return { value: { lifted: params.id } }
    },
  )
  route(
    http,
    {
      method: 'delete',
      path: '/api/accounts/{id}/personal',
      summary: 'Erase the name and e-mail of a person; what was done stays, by account id',
      params: id,
      answer: z.object({ account: z.string(), entries: z.number() }),
    },
    async ({ params }) => ({ value: { account: params.id, entries: await app.forget(params.id, by) } }),
  )
  route(
    http,
    {
      method: 'patch',
      path: '/api/limits',
      summary: 'Set limits, within their bounds',
      body: z.record(z.string(), z.number()),
      answer: shapes.limits,
    },
    async ({ body }) => ({ value: await app.setLimits(body, by) }),
  )
  route(
    http,
    {
      ...post,
      path: '/api/usual',
      summary: 'The share of quiet people in the newest roll is right',
      answer: z.object({ share: z.number() }),
    },
    async () => {
      const share = await app.takeAsUsual(by)
      if (share === undefined) throw new UsageError('There is no complete roll yet. Take one first.')
      return { value: { share } }
    },
  )
  route(
    http,
    {
      ...post,
      path: '/api/reconcile',
      summary: 'Go on after a backup of the database was restored',
      answer: z.object({ reconciled: z.boolean(), lost: z.number().nullable() }),
    },
    async () => {
      const gap = await app.reconcile(by)
      return { value: { reconciled: gap !== undefined, lost: gap?.lost ?? null } }
    },
  )
  route(http, { ...post, path: '/api/stop', summary: 'Halt every run', answer: shapes.stopSwitch }, async () => {
    await app.stop(by)
    return { value: { stopped: true } }
  })
  route(
    http,
    { ...post, path: '/api/resume', summary: 'Turn the stop switch off', answer: shapes.stopSwitch },
    async () => {
      await app.resume(by)
      wake()
      return { value: { stopped: false } }
    },
  )
}
