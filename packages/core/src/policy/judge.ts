// Judges an account by a tree of conditions. Undetermined wins over a match wherever it could change the answer: unknown
// is never inactive.

import { conditions, match, noMatch, type ConditionContext, type Verdict } from '../conditions/index.js'
import type { Account } from '../model/account.js'
import type { ConditionId } from '../model/condition-values.js'
import type { ConditionLeaf, ConditionNode } from '../model/policy.js'

const joined = (verdicts: readonly Verdict[]): string => [...new Set(verdicts.map((v) => v.because))].join(', ')

const testOne = <Id extends ConditionId>(
  { condition, value }: ConditionLeaf<Id>,
  account: Account,
  context: ConditionContext,
): Verdict => conditions[condition].test(account, value, context)

/** Judges one account. */
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
  return testOne(node, account, context)
}
