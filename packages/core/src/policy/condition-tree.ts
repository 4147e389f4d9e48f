// Reads a tree of conditions: its single conditions, its words, what it refers to, its shortest inactivity.

import { conditions, type Reference } from '../conditions/index.js'
import type { ConditionId } from '../model/condition-values.js'
import type { ConditionLeaf, ConditionNode } from '../model/policy.js'
import type { Duration, Instant } from '../model/time.js'

function leavesOf(node: ConditionNode): readonly ConditionLeaf[] {
  if ('all' in node) return node.all.flatMap(leavesOf)
  if ('any' in node) return node.any.flatMap(leavesOf)
  return 'not' in node ? leavesOf(node.not) : [node]
}

/** How many single conditions a tree has. */
export const countConditions = (node: ConditionNode): number => leavesOf(node).length

const describeOne = <Id extends ConditionId>({ condition, value }: ConditionLeaf<Id>): string =>
  conditions[condition].describe(value)

/** Describes a tree of conditions in words. */
export function describeConditions(node: ConditionNode): string {
  if ('all' in node) return node.all.map(describeConditions).join(' and ')
  if ('any' in node) return `(${node.any.map(describeConditions).join(' or ')})`
  return 'not' in node ? `not ${describeConditions(node.not)}` : describeOne(node)
}

const referenceOf = <Id extends ConditionId>({ condition, value }: ConditionLeaf<Id>): Reference | undefined =>
  conditions[condition].refersTo?.(value)

/** Everything that a tree of conditions refers to by name. */
export const referencesIn = (node: ConditionNode): readonly Reference[] =>
  leavesOf(node).flatMap((leaf) => referenceOf(leaf) ?? [])

/** The conditions that exclude accounts by a name: those under a `not` that refer to something. */
export function excludingLeaves(node: ConditionNode, negated = false): readonly ConditionLeaf[] {
  if ('all' in node) return node.all.flatMap((child) => excludingLeaves(child, negated))
  if ('any' in node) return node.any.flatMap((child) => excludingLeaves(child, negated))
  if ('not' in node) return excludingLeaves(node.not, !negated)
  return negated && referenceOf(node) !== undefined ? [node] : []
}

const inactivityOfOne = <Id extends ConditionId>(
  { condition, value }: ConditionLeaf<Id>,
  now: Instant,
): Duration | undefined => conditions[condition].inactivity?.(value, now)

/** The shortest inactivity that a tree of conditions asks for; undefined when none of them is about inactivity. */
export function shortestInactivity(node: ConditionNode, now: Instant): Duration | undefined {
  const lengths = leavesOf(node).flatMap((leaf) => inactivityOfOne(leaf, now) ?? [])
  return lengths.length === 0 ? undefined : Math.min(...lengths)
}
