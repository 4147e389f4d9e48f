import { expect, it } from 'vitest'
import { readPolicy } from '@rollcall/core'

it.each([
  { stages: [{ warn: { grace: '14d' } }, 'suspend-access'] },
  { actions: ['suspend-access'], stages: [] },
  { actions: [{ warn: { grace: '14d' } }, 'suspend-access'] },
])(
  'F24: a policy that warns is refused whole, since no warning can be sent yet: no grace clock can start (%j)',
  (part) => {
    const read = readPolicy({
      name: 'Warn first',
      scope: 'organization',
      conditions: { 'inactive-for': '90d' },
      ...part,
    })
    expect('problems' in read).toBe(true)
  },
)
