// Judges an account by a tree of conditions. Where an undetermined condition could change the verdict, the verdict is
// undetermined: unknown is never inactive.

import { conditions, match, noMatch, type ConditionContext, type Verdict } from '../conditions/index.js'
import type { Account } from '../model/account.js'
import type { ConditionId } from '../model/condition-values.js'
import type { Exclusion } from '../model/exclusion.js'
import type { ConditionLeaf, ConditionNode } from '../model/policy.js'
import { exclusionText } from './exclusion-texts.js'

type Match = Extract<Verdict, { readonly kind: 'match' }>
type NoMatch = Exclude<Verdict, Match>

const isMatch = (verdict: Verdict): verdict is Match => verdict.kind === 'match'
const isNoMatch = (verdict: Verdict): verdict is NoMatch => verdict.kind === 'no-match'
const joined = (matches: readonly Match[]): string => [...new Set(matches.map(({ because }) => because))].join(', ')

/** Joins the reasons of `any`; a single reason needs no list. */
function noneOf(reasons: readonly Exclusion[]): Exclusion {
  const [only, another] = reasons
  return only !== undefined && another === undefined ? only : { code: 'no-condition-met', reasons }
}

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
      verdicts.find(isNoMatch) ??
      verdicts.find((v) => v.kind === 'undetermined') ??
      match(joined(verdicts.filter(isMatch)))
    )
  }
  if ('any' in node) {
    const verdicts = node.any.map((child) => judge(child, account, context))
    const matches = verdicts.filter(isMatch)
    if (matches.length > 0) return match(joined(matches))
    return (
      verdicts.find((v) => v.kind === 'undetermined') ??
      noMatch(noneOf(verdicts.filter(isNoMatch).map(({ because }) => because)))
    )
  }
  if ('not' in node) {
    const inner = judge(node.not, account, context)
    if (inner.kind === 'undetermined') return inner
    return inner.kind === 'match'
      ? noMatch({ code: 'condition-met', conditions: node.not })
      : match(exclusionText(inner.because))
  }
  return testOne(node, account, context)
}
