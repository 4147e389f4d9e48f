// Operations that change something here, or let a run change something at Atlassian.

import {
  actionIds,
  keyExpirySchema,
  parseInstant,
  readPolicy,
  refusalCodes,
  UsageError,
  type App,
  type MatchingRequest,
  type PickedRequest,
} from '@rollcall/core'
import { z } from 'zod'
import { operation } from './operation.js'
import { paths } from './paths.js'
import * as schemas from './schemas.js'
import * as viewed from './view-schemas.js'
import { planShape, previewShape, protectionShape } from './shapes.js'

const id = z.object({ id: z.string() })
const name = z.object({ name: z.string() })

const change = {
  action: z.enum(actionIds),
  ...{ site: z.string().optional(), product: z.string().optional(), group: z.string().optional() },
}
const wish = z.union([
  z.strictObject({ policy: z.string().min(1).describe('the name of a stored policy') }),
  z.strictObject({ document: z.looseObject({}).describe('a policy, as in a policy file') }),
  z.strictObject({ ...change, accounts: z.array(z.string()) }),
  z.strictObject({ ...change, matching: z.looseObject({}).describe('a filter, as accounts are asked for') }),
])
const approval = z.strictObject({ fingerprint: z.string(), accepted: z.array(z.enum(refusalCodes)).default([]) })
const protecting = z.strictObject({ subject: z.string(), reason: z.string().min(1), until: z.string().optional() })
const { subject: _subject, ...common } = protecting.shape
const several = z.strictObject({ subjects: z.array(z.string()).min(1).max(200), ...common })

function endIn(until: string | undefined) {
  const end = until === undefined ? undefined : parseInstant(until)
  if (until !== undefined && end === undefined) throw new UsageError(`"${until}" is not a date such as 2027-01-31.`)
  return end
}

function policyOf(document: unknown) {
  const read = readPolicy(document)
  if ('policy' in read) return read.policy
  throw new UsageError(read.problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
}

const planned = (app: App, asked: z.infer<typeof wish>, by: string) => {
  if ('policy' in asked) return app.planStored(asked.policy, by)
  if ('document' in asked) return app.planFile(policyOf(asked.document), by)
  if ('matching' in asked) return app.planMatching(asked as PickedRequest & MatchingRequest, by)
  return app.planPicked(asked as PickedRequest, by)
}

/** Turns a policy on or off. */
const switching = (verb: 'enable' | 'disable') =>
  operation(
    {
      ...paths[`${verb}Policy`],
      summary: `${verb} a policy`,
      params: name,
      answer: schemas.storedPolicy,
    },
    async ({ params }, { app, by, wake }) => {
      if (verb === 'disable') return { value: await app.disablePolicy(params.name, by) }
      const value = await app.enablePolicy(params.name, by)
      // Its first firing may be soon.
      await wake()
      return { value }
    },
  )

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
  importPolicy: operation(
    {
      ...paths.importPolicy,
      summary: 'Import a policy; it is born disabled',
      query: z.object({
        basedOn: z.string().optional().describe('the version that it was made of, or "none" for a new one'),
      }),
      body: z.looseObject({}),
      answer: schemas.storedPolicy,
      status: 201,
    },
    async ({ query: { basedOn }, body }, { app, by }) => ({
      value: await app.importPolicy(policyOf(body), by, basedOn === 'none' ? null : basedOn),
    }),
  ),
  enablePolicy: switching('enable'),
  disablePolicy: switching('disable'),
  deletePolicy: operation(
    {
      ...paths.deletePolicy,
      summary: 'Delete a policy',
      params: name,
      answer: z.object({ deleted: z.string() }),
    },
    async ({ params }, { app, by }) => {
      await app.deletePolicy(params.name, by)
      return { value: { deleted: params.name } }
    },
  ),
  protect: operation(
    { ...paths.protect, summary: 'Protect', body: protecting, answer: schemas.protection },
    async ({ body: { subject, reason, until } }, { app, by }) => ({
      value: protectionShape(await app.protect({ subject, reason, until: endIn(until) }, by)),
    }),
  ),
  protectSeveral: operation(
    {
      ...{ ...paths.protectSeveral, summary: 'Protect several, and say which could not be' },
      ...{ body: several, answer: schemas.protectedSeveral },
    },
    async ({ body: { subjects, reason, until } }, { app, by }) => ({
      value: await app.protectSeveral(subjects, { reason, until: endIn(until) }, by),
    }),
  ),
  unprotect: operation(
    {
      ...paths.unprotect,
      summary: 'Stop protecting',
      body: z.strictObject({ subject: z.string() }),
      answer: z.object({ removed: z.string() }),
    },
    async ({ body: { subject } }, { app, by }) => {
      await app.unprotect(subject, by)
      return { value: { removed: subject } }
    },
  ),
  setKeyExpiry: operation(
    {
      ...{ ...paths.setKeyExpiry, summary: 'Say on which dates the keys end' },
      ...{ body: keyExpirySchema, answer: viewed.keys },
    },
    async ({ body }, { app, by }) => ({ value: await app.setKeyExpiry(body, by) }),
  ),
  checkKeys: operation(
    { ...paths.checkKeys, summary: 'Find out what the keys can do', answer: viewed.keys },
    async (_, { app, by }) => ({ value: await app.checkKeys(by) }),
  ),
  setRestDays: operation(
    {
      ...paths.setRestDays,
      summary: 'Replace the rest days',
      body: schemas.restDays,
      answer: schemas.restDays,
    },
    async ({ body }, { app, by }) => ({ value: await app.setRestDays(body, by) }),
  ),
  liftVeto: operation(
    {
      ...paths.liftVeto,
      summary: 'Judge an account like everybody again',
      params: id,
      answer: z.object({ lifted: z.string() }),
    },
    async ({ params }, { app, by }) => {
      await app.liftVeto(params.id, by)
      return { value: { lifted: params.id } }
    },
  ),
  forget: operation(
    {
      ...paths.forget,
      summary: 'Erase the name and e-mail of a person; what was done stays, by account id',
      params: id,
      answer: z.object({ account: z.string(), entries: z.number() }),
    },
    async ({ params }, { app, by }) => ({ value: { account: params.id, entries: await app.forget(params.id, by) } }),
  ),
  setLimits: operation(
    {
      ...paths.setLimits,
      summary: 'Set limits, within their bounds',
      body: z.record(z.string(), z.number()),
      answer: schemas.limits,
    },
    async ({ body }, { app, by }) => ({ value: await app.setLimits(body, by) }),
  ),
  takeAsUsual: operation(
    {
      ...paths.takeAsUsual,
      summary: 'The share of quiet people in the newest roll is right',
      answer: z.object({ share: z.number() }),
    },
    async (_, { app, by }) => {
      const share = await app.takeAsUsual(by)
      if (share === undefined) throw new UsageError('There is no complete roll yet. Take one first.')
      return { value: { share } }
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
