// The policy document: reads a policy as people write it, and writes it in the same form.

import type { z } from 'zod'
import { inputBounds } from '../model/input-bounds.js'
import type { Policy } from '../model/policy.js'
import { policySchema, stagesNeedWarnings } from './policy.js'
import { problemSentence } from './problem-sentence.js'

/** One problem of a policy document; `path` leads to the value. */
export interface PolicyProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

export type ReadPolicy = { readonly policy: Policy } | { readonly problems: readonly PolicyProblem[] }

const plain = (issue: z.core.$ZodIssue): readonly PolicyProblem[] => {
  const path = issue.path.filter((key) => typeof key !== 'symbol')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `unknown key "${key.slice(0, inputBounds.text.word)}"`,
    }))
  if (issue.code === 'invalid_union') {
    const closest = [...issue.errors].toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? []
    return closest.flatMap(plain).map((inner) => ({ ...inner, path: [...path, ...inner.path] }))
  }
  return [{ path, message: issue.message }]
}

const depth = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(...issues.map((issue) => issue.path.length - (issue.code === 'unrecognized_keys' ? 1 : 0)))

const deepest = inputBounds.depth

const widest = inputBounds.list

/** True if a document nests deeper or is wider than any policy. Works without recursion. */
function isTooDeep(document: unknown): boolean {
  let level = [document]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest || level.length > widest) return true
    level = level.flatMap((node) => (typeof node === 'object' && node !== null ? Object.values(node) : []))
  }
  return false
}

/** Reads a policy document: the policy, or all its problems, each with its path. */
export function readPolicy(document: unknown): ReadPolicy {
  if (isTooDeep(document))
    return { problems: [{ path: [], message: `nests deeper than ${deepest} levels, or repeats itself without end` }] }
  if (typeof document === 'object' && document !== null && 'stages' in document)
    return {
      problems: [
        {
          path: ['stages'],
          message: `${stagesNeedWarnings}; use "actions" with one action`,
        },
      ],
    }
  const parsed = policySchema.safeParse(document, { reportInput: true, error: problemSentence })
  return parsed.success ? { policy: parsed.data } : { problems: parsed.error.issues.flatMap(plain) }
}

/** Writes a policy as a document that `readPolicy` reads. */
export function documentOf(policy: Policy): Readonly<Record<string, unknown>> {
  const plain = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(plain)
    if (typeof node !== 'object' || node === null) return node
    const { condition, value } = node as { condition?: string; value?: unknown }
    if (condition !== undefined) return { [condition]: value }
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, plain(inner)]))
  }
  return { ...policy, conditions: plain(policy.conditions) }
}
