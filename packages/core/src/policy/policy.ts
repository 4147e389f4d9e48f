// The schema of a policy, and its version.

import { z } from 'zod'
import { actionIds } from '../actions/index.js'
import { missingFor, namesNeedlessGroup } from '../actions/needs.js'
import type { ActionId } from '../model/action-id.js'
import { canonicalJson } from '../model/canonical-json.js'
import { boundedText, hasControlCharacter, inputBounds } from '../model/input-bounds.js'
import { policyLimitShape } from '../model/limits.js'
import type { Policy } from '../model/policy.js'
import { scheduleSchema } from '../model/schedule.js'
import type { System } from '../model/system.js'
import { conditionsSchema } from './condition-schema.js'
import { countConditions } from './condition-tree.js'

const actionSchema = z.unknown().transform((raw, context): ActionId => {
  const id = actionIds.find((known) => known === raw)
  if (id !== undefined) return id
  context.addIssue({
    code: 'custom',
    message: `unknown action "${String(raw).slice(0, inputBounds.text.word)}"; known are ${actionIds.join(', ')}`,
  })
  return z.NEVER
})

const site = boundedText('name').regex(/^[a-z0-9.-]+$/i, 'must be a host name such as acme.atlassian.net')
const longestName = inputBounds.text.policyName
const oneAction = 'must hold exactly one action'
/** Why a policy has no stages. */
export const stagesNeedWarnings = 'stages need warnings by mail, which this version does not have'

export const policySchema: z.ZodType<Policy, unknown> = z
  .strictObject({
    name: z
      .string('Enter a name')
      .trim()
      .min(1, 'Enter a name')
      .max(longestName, `Enter a name of at most ${longestName} characters`)
      .refine((text) => !hasControlCharacter(text), 'Enter a name without control characters'),
    scope: z.union([z.literal('organization'), z.strictObject({ site, product: boundedText('name') })]),
    conditions: conditionsSchema.refine(
      (tree) => countConditions(tree) <= inputBounds.conditions,
      `must be at most ${inputBounds.conditions} conditions`,
    ),
    actions: z
      .array(actionSchema)
      .length(1, {
        error: ({ code }) => (code === 'too_big' ? `${oneAction}; ${stagesNeedWarnings}` : oneAction),
        // The later checks need the one action.
        abort: true,
      })
      .transform(([action = z.NEVER]): readonly [ActionId] => [action]),
    group: boundedText('name').optional(),
    schedule: z.preprocess((raw) => (raw === 'none' ? undefined : raw), scheduleSchema.optional()),
    approval: z.enum(['required', 'automatic']).default('required'),
    limits: z.strictObject({ ...policyLimitShape, take: z.number().int().min(1).optional() }).default({}),
  })
  .superRefine(({ actions: [action], scope, group }, context) => {
    const missing = missingFor(action, { product: scope === 'organization' ? undefined : scope.product, group })
    if (missing === 'product')
      context.addIssue({ code: 'custom', path: ['scope'], message: `${action} needs a scope with site and product` })
    if (missing === 'group')
      context.addIssue({ code: 'custom', path: ['actions'], message: `${action} needs "group: NAME"` })
    if (namesNeedlessGroup(action, { group }))
      context.addIssue({ code: 'custom', path: ['group'], message: `${action} changes no group: leave it out` })
  })

/** The version of a policy: the digest of what it says. */
export const policyVersion = (policy: Policy, system: Pick<System, 'digest'>): Promise<string> =>
  system.digest(canonicalJson(policy))
