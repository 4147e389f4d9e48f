import { expect, it } from 'vitest'
import { readPolicy } from '@rollcall/core'

const why = 'stages need warnings by mail, which this version does not have'
const stages = { path: ['stages'], message: `${why}; use "actions" with one action` }
const warning = { warn: { grace: '14d' } }

it.each([
  [{ stages: [warning, 'suspend-access'] }, stages],
  [{ actions: ['suspend-access'], stages: [] }, stages],
  [{ actions: [warning, 'suspend-access'] }, { path: ['actions'], message: `must hold exactly one action; ${why}` }],
])('F24: Rollcall refuses a policy with a warning, because it cannot send warnings yet (%j)', (part, problem) => {
  const read = readPolicy({
    name: 'Warn first',
    scope: 'organization',
    conditions: { 'inactive-for': '90d' },
    ...part,
  })
  expect(read).toEqual({ problems: [problem] })
})
