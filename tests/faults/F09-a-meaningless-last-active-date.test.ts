import { expect, it } from 'vitest'
import { consider, day, exclusionText, type LastActive, conditionsSchema } from '@rollcall/core'
import { access, account, confluence, testNow } from '@rollcall/core/testing'

const conditions = conditionsSchema.parse({ 'inactive-for': '90d' })
const judged = (...used: readonly LastActive[]) =>
  consider(
    account({
      products: used.map((lastActive, n) =>
        n === 0 ? access({ lastActive }) : access({ workspace: confluence, product: 'confluence', lastActive }),
      ),
    }),
    {
      scope: 'organization',
      conditions,
      action: 'suspend-access',
      target: {},
      groups: [],
      protections: [],
      vetoes: [],
      requesters: [],
      now: testNow,
    },
  )
const at = (ms: number, dateOnly = false): LastActive => ({ kind: 'at', at: ms, ...(dateOnly ? { dateOnly } : {}) })

it.each<[string, readonly LastActive[], string]>([
  ['missing', [{ kind: 'unknown', why: 'Atlassian sent no date' }], 'last active unknown: Atlassian sent no date'],
  ['in the future', [at(testNow + 2 * day)], 'last active lies in the future'],
  ['in 1970', [at(0)], 'last active lies before Atlassian was founded'],
  ['a date without a time, inside its margin', [at(testNow - 91 * day, true)], 'not inactive for 90 days'],
  [
    'older in one product than in the other: the newest wins',
    [at(testNow - 300 * day), at(testNow - 2 * day)],
    'not inactive for 90 days',
  ],
  [
    'old in one product and unknown in the other',
    [at(testNow - 300 * day), { kind: 'unknown', why: 'x' }],
    'last active unknown: x',
  ],
])('F9: a last-active date that is %s makes no account inactive', (_what, used, because) => {
  const judgement = judged(...used)
  expect(judgement.matched ? undefined : exclusionText(judgement.because)).toBe(because)
})

it('F9: a date that is old in every respect makes the account inactive', () => {
  expect(judged(at(testNow - 300 * day)).matched).toBe(true)
})
