import { boundedText } from '../model/input-bounds.js'
import { wildcard, type Wildcard } from '../model/wildcard.js'
import { undetermined, verdict, type Condition } from './condition.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'email-matches': string
  }
}

/** The compiled patterns: a plan tests the same ones for every account. */
const patterns = new Map<string, Wildcard>()
const mostPatterns = 100
function compiled(pattern: string): Wildcard {
  const known = patterns.get(pattern)
  if (known !== undefined) return known
  if (patterns.size >= mostPatterns) patterns.clear()
  const made = wildcard(pattern)
  patterns.set(pattern, made)
  return made
}

export const emailMatches: Condition<'email-matches'> = {
  meaning: 'Matches accounts whose whole email address fits a pattern, whatever its case.',
  takes: 'A pattern with an @ in which `*` stands for any text, or one whole address.',
  example: "{ email-matches: 'test-*@example.com' }",
  schema: boundedText('email'),
  test(account, value) {
    if (account.email === '') return undetermined({ code: 'email-unknown' })
    const is = compiled(value).test(account.email)
    return verdict(is, `email matches ${value}`, { condition: 'email-matches', value })
  },
  describe: (value) => `email matches ${value}`,
  describeUnmet: (value) => `email does not match ${value}`,
  refersTo: (name) => ({ kind: 'email', name }),
}
