// Cleanup policy: scope + conditions + actions + limits + schedule + approval, as data.

import { actionIds, type ActionId } from '../model/action-id.js'
import type { OrganizationId } from '../model/ids.js'
import type { System } from '../model/system.js'
import { z } from 'zod'
import type { Account } from '../model/account.js'
import { canonicalJson } from '../model/canonical-json.js'
import {
  conditionIds,
  conditions,
  held,
  match,
  noMatch,
  type ConditionContext,
  type ConditionId,
  type Verdict,
} from '../conditions/index.js'
import { limitShape } from '../model/limits.js'
import { scheduleSchema } from '../model/schedule.js'
import type { Instant } from '../model/time.js'

/** A tree of conditions: `all`, `any`, `not`, or one condition with its value. */
export type ConditionNode =
  | { readonly all: readonly ConditionNode[] }
  | { readonly any: readonly ConditionNode[] }
  | { readonly not: ConditionNode }
  | { readonly condition: ConditionId; readonly value: unknown }

const nodeSchema: z.ZodType<ConditionNode, unknown> = z.unknown().transform((raw, context): ConditionNode => {
  const fail = (message: string, path: (string | number)[] = []): never => {
    context.addIssue({ code: 'custom', message, path })
    return z.NEVER
  }
  const entries = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? Object.entries(raw) : []
  const [entry] = entries
  if (entries.length !== 1 || entry === undefined) return fail('must be one condition, such as { inactive-for: 90d }')
  const [name, value] = entry
  const child = (item: unknown, path: (string | number)[]): ConditionNode => {
    const parsed = nodeSchema.safeParse(item)
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) fail(issue.message, [...path, ...(issue.path as (string | number)[])])
    return z.NEVER
  }
  if (name === 'all' || name === 'any') {
    if (!Array.isArray(value) || value.length === 0) return fail(`must be a list of at least one condition`, [name])
    const children = value.map((item, index) => child(item, [name, index]))
    return name === 'all' ? { all: children } : { any: children }
  }
  if (name === 'not') return { not: child(value, ['not']) }
  const id = conditionIds.find((known) => known === name)
  if (id === undefined) return fail(`unknown condition "${name}"; known are ${conditionIds.join(', ')}`, [name])
  const parsed = conditions[id].schema.safeParse(value)
  if (!parsed.success) return fail(parsed.error.issues[0]?.message ?? 'invalid value', [name])
  return { condition: id, value: parsed.data }
})

const actionSchema = z.unknown().transform((raw, context): ActionId => {
  const id = actionIds.find((known) => known === raw)
  if (id !== undefined) return id
  context.addIssue({ code: 'custom', message: `unknown action "${String(raw)}"; known are ${actionIds.join(', ')}` })
  return z.NEVER
})

const site = z.string().regex(/^[a-z0-9.-]+$/i, 'must be a host name such as acme.atlassian.net')

export const policySchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    scope: z.union([z.literal('organization'), z.strictObject({ site, product: z.string().min(1) })]),
    conditions: nodeSchema,
    actions: z
      .array(actionSchema)
      .length(1, 'must hold exactly one action; stages need notifications, which this version does not have'),
    group: z.string().min(1).optional(),
    schedule: scheduleSchema.optional(),
    approval: z.enum(['required', 'automatic']).default('required'),
    limits: z.strictObject({ ...limitShape, take: z.number().int().min(1).optional() }).default({}),
  })
  .superRefine((policy, context) => {
    const [action] = policy.actions
    if ((action === 'revoke-product-access' || action === 'grant-product-access') && policy.scope === 'organization')
      context.addIssue({ code: 'custom', path: ['scope'], message: `${action} needs a scope with site and product` })
    if ((action === 'add-to-group' || action === 'remove-from-group') && policy.group === undefined)
      context.addIssue({ code: 'custom', path: ['actions'], message: `${action} needs "group: NAME"` })
  })

export type Policy = z.infer<typeof policySchema>

/** The whole organization, or one product on one site. */
export type Scope = Policy['scope']

/**
 * A policy as the store keeps it; born disabled. `previewedVersion` is the last version that a person saw a plan of, and
 * `previewedIn` the organization that it was a plan for.
 */
export interface StoredPolicy {
  readonly name: string
  readonly policy: Policy
  readonly version: string
  readonly enabled: boolean
  readonly previewedVersion?: string
  readonly previewedIn?: OrganizationId
  /** Who enabled it last: never acted on by it. */
  readonly enabledBy?: string
  readonly createdAt: Instant
  /** The newest firing that was turned into a plan. */
  readonly firedAt?: Instant
}

/** The version of a policy: the digest of what it says. */
export const policyVersion = (policy: Policy, system: Pick<System, 'digest'>): Promise<string> =>
  system.digest(canonicalJson(policy))

const joined = (verdicts: readonly Verdict[]): string => [...new Set(verdicts.map((v) => v.because))].join(', ')

/** Judges one account. Held wins over a match wherever it could change the answer: unknown is never inactive. */
export function judge(node: ConditionNode, account: Account, context: ConditionContext): Verdict {
  if ('all' in node) {
    const verdicts = node.all.map((child) => judge(child, account, context))
    return (
      verdicts.find((v) => v.kind === 'no-match') ?? verdicts.find((v) => v.kind === 'held') ?? match(joined(verdicts))
    )
  }
  if ('any' in node) {
    const verdicts = node.any.map((child) => judge(child, account, context))
    const matches = verdicts.filter((v) => v.kind === 'match')
    if (matches.length > 0) return match(joined(matches))
    return verdicts.find((v) => v.kind === 'held') ?? noMatch(joined(verdicts))
  }
  if ('not' in node) {
    const inner = judge(node.not, account, context)
    if (inner.kind === 'held') return inner
    return inner.kind === 'match' ? noMatch(inner.because) : match(inner.because)
  }
  const condition = conditions[node.condition] as (typeof conditions)['in-group']
  return condition.test(account, node.value as string, context)
}

/** The single conditions of a tree. */
export function leavesOf(node: ConditionNode): readonly Extract<ConditionNode, { readonly condition: ConditionId }>[] {
  if ('all' in node) return node.all.flatMap(leavesOf)
  if ('any' in node) return node.any.flatMap(leavesOf)
  return 'not' in node ? leavesOf(node.not) : [node]
}

/** Says a tree of conditions in words. */
export function describeConditions(node: ConditionNode): string {
  if ('all' in node) return node.all.map(describeConditions).join(' and ')
  if ('any' in node) return `(${node.any.map(describeConditions).join(' or ')})`
  if ('not' in node) return `not ${describeConditions(node.not)}`
  const condition = conditions[node.condition] as (typeof conditions)['in-group']
  return condition.describe(node.value as string)
}

export { held }
