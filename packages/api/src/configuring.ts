// Operations that change what Rollcall keeps: policies, the protected list, saved filters, keys, limits and rest days.

import { keyExpirySchema } from '@rollcall/core'
import { z } from 'zod'
import { instantIn } from './dates.js'
import { operation } from './operation.js'
import { paths } from './paths.js'
import { policyOf } from './policy-document.js'
import * as schemas from './schemas.js'
import * as viewed from './view-schemas.js'
import { protectionShape } from './shapes.js'

const id = z.object({ id: z.string() })
const name = z.object({ name: z.string() })

const protecting = z.strictObject({ subject: z.string(), reason: z.string().min(1), until: z.string().optional() })
const { subject: _subject, ...common } = protecting.shape
const several = z.strictObject({ subjects: z.array(z.string()).min(1).max(200), ...common })

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

export const configuring = {
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
  saveFilter: operation(
    {
      ...paths.saveFilter,
      summary: 'Save a filter of the account list under a name',
      body: z.strictObject({ name: z.string(), filter: z.looseObject({}) }),
      answer: viewed.savedFilters,
    },
    async ({ body }, { app, by }) => ({ value: await app.saveFilter(body, by) }),
  ),
  removeFilter: operation(
    {
      ...paths.removeFilter,
      summary: 'Remove a saved filter',
      body: z.strictObject({ name: z.string() }),
      answer: viewed.savedFilters,
    },
    async ({ body }, { app, by }) => ({ value: await app.removeFilter(body.name, by) }),
  ),
  protect: operation(
    { ...paths.protect, summary: 'Protect', body: protecting, answer: schemas.protection },
    async ({ body: { subject, reason, until } }, { app, by }) => ({
      value: protectionShape(await app.protect({ subject, reason, until: instantIn(until) }, by)),
    }),
  ),
  protectSeveral: operation(
    {
      ...paths.protectSeveral,
      summary: 'Protect several, and say which could not be',
      body: several,
      answer: schemas.protectedSeveral,
    },
    async ({ body: { subjects, reason, until } }, { app, by }) => ({
      value: await app.protectSeveral(subjects, { reason, until: instantIn(until) }, by),
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
      ...paths.setKeyExpiry,
      summary: 'Say on which dates the keys end',
      body: keyExpirySchema,
      answer: viewed.keys,
    },
    async ({ body }, { app, by }) => ({ value: await app.setKeyExpiry(body, by) }),
  ),
  checkKeys: operation(
    { ...paths.checkKeys, summary: 'Find out what the keys can do', answer: viewed.keys },
    async (_, { app, by }) => ({ value: await app.checkKeys(by) }),
  ),
  setNonWorkingDays: operation(
    {
      ...paths.setNonWorkingDays,
      summary: 'Replace the rest days',
      body: schemas.restDays,
      answer: schemas.restDays,
    },
    async ({ body }, { app, by }) => ({ value: await app.setNonWorkingDays(body, by) }),
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
  setLimits: operation(
    {
      ...paths.setLimits,
      summary: 'Set limits, within their bounds',
      body: z.record(z.string(), z.number()),
      answer: schemas.limits,
    },
    async ({ body }, { app, by }) => ({ value: await app.setLimits(body, by) }),
  ),
}
