import { expect, it } from 'vitest'
import { consider, day, type LastActive, conditionsSchema } from '@rollcall/core'
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
  [
    'missing',
    [{ kind: 'unknown', why: 'Atlassian sent no date' }],
    'held: last active unknown: Atlassian sent no date',
  ],
  ['in the future', [at(testNow + 2 * day)], 'held: last active lies in the future'],
  ['in 1970', [at(0)], 'held: last active lies before Atlassian began'],
  ['a date without a time, inside its margin', [at(testNow - 91 * day, true)], 'active inside the threshold'],
  [
    'older in one product than in the other: the newest wins',
    [at(testNow - 300 * day), at(testNow - 2 * day)],
    'active inside the threshold',
  ],
  [
    'old in one product and unknown in the other',
    [at(testNow - 300 * day), { kind: 'unknown', why: 'x' }],
    'held: last active unknown: x',
  ],
])('F9: a last-active date that is %s makes no account inactive', (_what, used, because) => {
  expect([judged(...used).matched, judged(...used).because]).toEqual([false, because])
})

it('F9: a date that is old in every respect makes the account inactive', () => {
  expect(judged(at(testNow - 300 * day)).matched).toBe(true)
})
