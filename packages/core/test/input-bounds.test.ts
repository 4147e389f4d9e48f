import { expect, it } from 'vitest'
import { inputBounds, listProblems, readPolicy, unsoundInput } from '../src/index.js'

const policy = (changes: object) => ({
  name: 'Inactive users',
  scope: 'organization',
  conditions: { 'inactive-for': '90d' },
  actions: ['suspend-access'],
  ...changes,
})
const problemsOf = (changes: object) => {
  const read = readPolicy(policy(changes))
  return 'problems' in read ? read.problems.map(({ message }) => message).join('; ') : ''
}

it('a policy has at most 200 conditions', () => {
  const of = (count: number) => ({ conditions: { all: Array.from({ length: count }, () => ({ managed: true })) } })
  expect(problemsOf(of(inputBounds.conditions))).toBe('')
  expect(problemsOf(of(inputBounds.conditions + 1))).toContain('at most 200 conditions')
  expect(problemsOf(of(5000))).toContain('at most 200 conditions')
})

it.each([
  ['name', { name: 'a'.repeat(100_000) }],
  ['group', { group: 'a'.repeat(100_000), actions: ['add-to-group'] }],
  ['product', { scope: { site: 'a.example', product: 'a'.repeat(100_000) } }],
  ['site', { scope: { site: 'a'.repeat(100_000), product: 'jira-software' } }],
  ['group of a condition', { conditions: { 'in-group': 'a'.repeat(100_000) } }],
  ['pattern', { conditions: { 'email-matches': 'a'.repeat(100_000) } }],
  ['domain', { conditions: { 'email-domain': `${'a'.repeat(100_000)}.example` } }],
  ['product of a condition', { conditions: { 'has-product': 'a'.repeat(100_000) } }],
  ['unknown condition', { conditions: { ['a'.repeat(100_000)]: true } }],
  ['unknown action', { actions: ['a'.repeat(100_000)] }],
  ['unknown key', { ['a'.repeat(100_000)]: true }],
  ['time zone', { schedule: { every: '1 day', timeZone: 'a'.repeat(100_000) } }],
  ['cron', { schedule: { cron: '0 7 * * 1,'.repeat(10_000), timeZone: 'Europe/Berlin' } }],
])('a policy with an endless %s is refused in a short sentence', (_what, changes) => {
  const problems = problemsOf(changes)
  expect(problems).not.toBe('')
  expect(problems.length).toBeLessThan(1000)
})

it.each(['\0', '\u001b', '\u007f', '\u0085', '\u2028', '\n'])(
  'a policy cannot contain the character %j',
  (character) => {
    for (const changes of [
      { name: `a${character}b` },
      { conditions: { 'in-group': `a${character}b` } },
      { conditions: { 'email-matches': `a${character}b` } },
      { conditions: { 'has-product': `a${character}b` } },
      { actions: ['add-to-group'], group: `a${character}b` },
    ])
      expect(problemsOf(changes)).toContain('control characters')
  },
)

it('a document that nests too deep is no input, nor one with a control character anywhere', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])
  expect(unsoundInput(nested(40))).toBeUndefined()
  expect(unsoundInput(nested(60))).toContain('50 levels')
  expect(unsoundInput({ a: [{ b: 'x\0' }] })).toContain('control characters')
  expect(unsoundInput({ 'a\u0000': 1 })).toContain('control characters')
  expect(unsoundInput({ after: '["a\u2028",1]' }, ['after'])).toBeUndefined()
})

it('a message lists five problems and counts the others', () => {
  const all = Array.from({ length: 30_000 }, (_, index) => `problem ${index + 1}`)
  expect(listProblems(all)).toBe('problem 1; problem 2; problem 3; problem 4; problem 5; and 29,995 more problems')
  expect(listProblems(['a'.repeat(5000)]).length).toBeLessThan(400)
})
