// Reads a tree of conditions from a policy document.

import { z } from 'zod'
import { conditionIds, conditions } from '../conditions/index.js'
import type { ConditionId } from '../model/condition-values.js'
import { inputBounds } from '../model/input-bounds.js'
import type { ConditionLeaf, ConditionNode } from '../model/policy.js'
import { problemSentence } from './problem-sentence.js'

type Parsed<Id extends ConditionId> = { readonly leaf: ConditionLeaf<Id> } | { readonly problem: string }

function parseOne<Id extends ConditionId>(condition: Id, raw: unknown): Parsed<Id> {
  const parsed = conditions[condition].schema.safeParse(raw, { error: problemSentence, reportInput: true })
  return parsed.success
    ? { leaf: { condition, value: parsed.data } }
    : { problem: parsed.error.issues[0]?.message ?? 'invalid value' }
}

export const conditionsSchema: z.ZodType<ConditionNode, unknown> = z
  .unknown()
  .transform((raw, context): ConditionNode => {
    const fail = (message: string, path: (string | number)[] = []): never => {
      context.addIssue({ code: 'custom', message, path })
      return z.NEVER
    }
    const entries = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? Object.entries(raw) : []
    const [entry] = entries
    if (entries.length !== 1 || entry === undefined) return fail('must be one condition, such as { inactive-for: 90d }')
    const [name, value] = entry
    const child = (item: unknown, path: (string | number)[]): ConditionNode => {
      const parsed = conditionsSchema.safeParse(item)
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
    if (id === undefined)
      return fail(`unknown condition "${name.slice(0, inputBounds.text.word)}"; known are ${conditionIds.join(', ')}`, [
        name,
      ])
    const parsed = parseOne(id, value)
    return 'leaf' in parsed ? parsed.leaf : fail(parsed.problem, [name])
  })
