// Operations that plan and run: what changes something at Atlassian goes through a plan that somebody approved.

import { actionIds, refusalCodes, UsageError, type App, type MatchingRequest, type PickedRequest } from '@rollcall/core'
import { z } from 'zod'
import { operation } from './operation.js'
import { paths } from './paths.js'
import { policyOf } from './policy-document.js'
import * as schemas from './schemas.js'
import { planShape, previewShape } from './shapes.js'

const id = z.object({ id: z.string() })

const change = {
  action: z.enum(actionIds),
  site: z.string().optional(),
  product: z.string().optional(),
  group: z.string().optional(),
}
const wish = z.union([
  z.strictObject({ policy: z.string().min(1).describe('the name of a stored policy') }),
  z.strictObject({ document: z.looseObject({}).describe('a policy, as in a policy file') }),
  z.strictObject({ ...change, accounts: z.array(z.string()) }),
  z.strictObject({ ...change, matching: z.looseObject({}).describe('a filter, as accounts are asked for') }),
])
const approval = z.strictObject({ fingerprint: z.string(), accepted: z.array(z.enum(refusalCodes)).default([]) })

const planned = (app: App, asked: z.infer<typeof wish>, by: string) => {
  if ('policy' in asked) return app.planStored(asked.policy, by)
  if ('document' in asked) return app.planFile(policyOf(asked.document), by)
  if ('matching' in asked) return app.planMatching(asked as PickedRequest & MatchingRequest, by)
  return app.planPicked(asked as PickedRequest, by)
}

export const changing = {
  sync: operation(
    { ...paths.sync, summary: 'Take the roll', answer: schemas.snapshot },
    async (_, { app, by, now, budget }) => {
      const begun = now()
      const [before, { id: snapshotId, asOf, accounts, complete }] = [
        app.requests(),
        await app.sync(by, undefined, budget),
      ]
      const rest = { requests: app.requests() - before, durationMs: now() - begun }
      return { value: { snapshotId, asOf: new Date(asOf ?? begun).toISOString(), accounts, complete, ...rest } }
    },
  ),
  plan: operation(
    {
      ...paths.plan,
      summary: 'Preview; nothing is changed',
      body: wish,
      answer: schemas.plan,
      status: 201,
    },
    async ({ body }, { app, by }) => ({ value: planShape(await planned(app, body, by)) }),
  ),
  preview: operation(
    {
      ...paths.preview,
      summary: 'Preview, and answer what the plan is called: it is shown in pages',
      body: wish,
      answer: schemas.previewed,
      status: 201,
    },
    async ({ body }, { app, by }) => ({ value: previewShape(await planned(app, body, by)) }),
  ),
  approve: operation(
    {
      ...paths.approve,
      summary: 'Approve a plan; the worker runs it',
      params: id,
      body: approval,
      answer: schemas.run,
      status: 202,
    },
    async ({ params, body }, { app, by, wake }) => {
      const approved = await app.approve({ planId: params.id, ...body }, by)
      if ('refusals' in approved) return { refused: { refusals: approved.refusals } }
      await wake()
      return { value: await app.runStatus(approved.run.runId) }
    },
  ),
  discard: operation(
    { ...paths.discard, summary: 'It never runs', params: id, answer: schemas.discarded },
    async ({ params }, { app, by }) => {
      const { planId, status } = await app.discard(params.id, by)
      return { value: { planId, status } }
    },
  ),
  undo: operation(
    {
      ...paths.undo,
      summary: 'Plan the way back',
      params: id,
      answer: schemas.plan,
      status: 201,
    },
    async ({ params }, { app, by }) => ({ value: planShape(await app.planUndo(params.id, by)) }),
  ),
  previewUndo: operation(
    {
      ...paths.previewUndo,
      summary: 'Plan the way back, and answer what the plan is called',
      params: id,
      answer: schemas.previewed,
      status: 201,
    },
    async ({ params }, { app, by }) => ({ value: previewShape(await app.planUndo(params.id, by)) }),
  ),
  forget: operation(
    {
      ...paths.forget,
      summary: 'Erase the name and e-mail of a person; what was done stays, by account id',
      params: id,
      body: z.strictObject({ email: z.string().optional().describe('an address that the account had besides') }),
      answer: schemas.forgotten,
    },
    async ({ params, body: { email } }, { app, by }) => ({
      value: { account: params.id, ...(await app.forget(params.id, by, email)) },
    }),
  ),
  acceptBaseline: operation(
    {
      ...paths.acceptBaseline,
      summary: 'The share of quiet people in the newest roll, which was looked at, is right',
      body: z.strictObject({ snapshotId: z.string().describe('the roll that was looked at: a newer one is refused') }),
      answer: schemas.takenAsUsual,
    },
    async ({ body: { snapshotId } }, { app, by }) => {
      const taken = await app.acceptBaseline(by, snapshotId)
      if (taken === undefined) throw new UsageError('There is no complete roll yet. Take one first.')
      return { value: taken }
    },
  ),
  reconcile: operation(
    {
      ...paths.reconcile,
      summary: 'Go on after a backup of the database was restored',
      answer: z.object({ reconciled: z.boolean(), lost: z.number().nullable() }),
    },
    async (_, { app, by, budget }) => {
      const gap = await app.reconcile(by, budget)
      return { value: { reconciled: gap !== undefined, lost: gap?.lost ?? null } }
    },
  ),
  stop: operation({ ...paths.stop, summary: 'Halt every run', answer: schemas.stopSwitch }, async (_, { app, by }) => {
    await app.stop(by)
    return { value: { stopped: true } }
  }),
  resume: operation(
    { ...paths.resume, summary: 'Turn the stop switch off', answer: schemas.stopSwitch },
    async (_, { app, by, wake }) => {
      await app.resume(by)
      await wake()
      return { value: { stopped: false } }
    },
  ),
}
