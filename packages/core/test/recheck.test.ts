// The check of each account right before its change: an API token that was used lately excludes the account.

import { describe, expect, it } from 'vitest'
import { minute } from '../src/index.js'
import { syncAndPlan, inactiveUsers, approveAndRun, worldOf } from './flow.js'

describe('before its suspension, an account whose API tokens were', () => {
  it.each([
    ['last used yesterday', 'skipped', 1],
    ['last used 89 days ago', 'skipped', 89],
    ['last used 91 days ago', 'applied', 91],
    ['never used', 'applied', undefined],
  ])('%s, is %s', async (_when, state, days) => {
    const [one] = inactiveUsers(1)
    if (one === undefined) throw new Error('no user')
    const used = days === undefined ? {} : { tokenUsedAt: worldOf([]).system.now() - days * 24 * 60 * minute }
    const world = worldOf([one])
    const plan = await syncAndPlan(world, { scope: 'organization', actions: ['suspend-access'] })
    // The plan has asked already, so only what is new excludes the account now.
    world.organization.people.set(one.accountId, { ...one, ...used })
    const run = await approveAndRun(world.app, plan)
    const [result] = await world.app.results(run.runId)
    expect(result?.state).toBe(state)
    if (state === 'skipped') expect(result?.reason).toContain('likely service account: an API token was used on')
  })
})
