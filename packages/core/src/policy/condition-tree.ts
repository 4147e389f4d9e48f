// Reads a tree of conditions: its single conditions, its words, its groups, its shortest inactivity.

import { conditions } from '../conditions/index.js'
import type { ConditionId } from '../model/condition-values.js'
import type { ConditionLeaf, ConditionNode } from '../model/policy.js'
import type { Duration, Instant } from '../model/time.js'

function leavesOf(node: ConditionNode): readonly ConditionLeaf[] {
  if ('all' in node) return node.all.flatMap(leavesOf)
  if ('any' in node) return node.any.flatMap(leavesOf)
  return 'not' in node ? leavesOf(node.not) : [node]
}

const describeOne = <Id extends ConditionId>({ condition, value }: ConditionLeaf<Id>): string =>
  conditions[condition].describe(value)

/** Describes a tree of conditions in words. */
export function describeConditions(node: ConditionNode): string {
  if ('all' in node) return node.all.map(describeConditions).join(' and ')
  if ('any' in node) return `(${node.any.map(describeConditions).join(' or ')})`
  return 'not' in node ? `not ${describeConditions(node.not)}` : describeOne(node)
}

const groupsOfOne = <Id extends ConditionId>({ condition, value }: ConditionLeaf<Id>): readonly string[] =>
  conditions[condition].groups?.(value) ?? []

/** The names of the groups to which a tree of conditions refers. */
export const groupsNamedIn = (node: ConditionNode): readonly string[] => [
  ...new Set(leavesOf(node).flatMap((leaf) => groupsOfOne(leaf))),
]

const inactivityOfOne = <Id extends ConditionId>(
  { condition, value }: ConditionLeaf<Id>,
  now: Instant,
): Duration | undefined => conditions[condition].inactivity?.(value, now)

/** The shortest inactivity that a tree of conditions asks for; undefined when none of them is about inactivity. */
export function shortestInactivity(node: ConditionNode, now: Instant): Duration | undefined {
  const lengths = leavesOf(node).flatMap((leaf) => inactivityOfOne(leaf, now) ?? [])
  return lengths.length === 0 ? undefined : Math.min(...lengths)
}
