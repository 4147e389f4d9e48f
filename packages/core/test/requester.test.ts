// A run never changes the account of a requester, whichever process executes it.

import { describe, expect, it } from 'vitest'
import { policy } from '../src/testing/index.js'
import { by, forever, inactiveUsers, reasonsOf, resultsOf, worldOf } from './flow.js'

describe('a run', () => {
  it.each([
    ['made', 'inactive-1', by],
    ['approved', by, 'inactive-1'],
  ])('does not change the account of the person who %s its plan', async (_, maker, approver) => {
    const world = worldOf(inactiveUsers(3))
    await world.app.sync(by)
    const { plan } = await world.app.planFile(policy(), maker)
    const { planId, fingerprint } = plan
    const approved = await world.app.approve({ planId, fingerprint }, approver)
    if (!('run' in approved)) throw new Error('refused')
    await world.app.work(approved.run.runId, forever)
    expect(await resultsOf(world.app, approved.run.runId)).toEqual([
      'inactive-0: applied',
      'inactive-1: skipped',
      'inactive-2: applied',
    ])
    expect((await reasonsOf(world.app, approved.run.runId))[1]).toBe('is the requester')
  })
})
