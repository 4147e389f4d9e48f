import { expect, it } from 'vitest'
import { readPolicy } from '@rollcall/core'

it.each([
  { stages: [{ warn: { grace: '14d' } }, 'suspend-access'] },
  { actions: ['suspend-access'], stages: [] },
  { actions: [{ warn: { grace: '14d' } }, 'suspend-access'] },
])('F24: Rollcall refuses a policy with a warning, because it cannot send warnings yet (%j)', (part) => {
  const read = readPolicy({
    name: 'Warn first',
    scope: 'organization',
    conditions: { 'inactive-for': '90d' },
    ...part,
  })
  expect('problems' in read).toBe(true)
})
