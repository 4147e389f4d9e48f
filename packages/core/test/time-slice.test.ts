// A time slice can end in the middle of a change. A request that certainly never left is sent in the next slice.

import { describe, expect, it } from 'vitest'
import { minute, Unfinished } from '../src/index.js'
import { by, syncAndPlan, inactiveUsers, resultsOf, worldOf } from './flow.js'

describe('a change that Atlassian rate-limits for longer than the time slice', () => {
  it('is neither unknown nor lost: Rollcall sends it in the next time slice', async () => {
    const world = worldOf(inactiveUsers(3))
    const plan = await syncAndPlan(world)
    const approved = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    if (!('run' in approved)) throw new Error('refused')
    const { runId } = approved.run
    const { apply } = world.directory
    let refused = 0
    Object.assign(world.directory, {
      apply: async (...[change, permit]: Parameters<typeof apply>) => {
        if (refused > 0) return apply(change, permit)
        refused += 1
        // Atlassian responds with 429: the request was sent and had no effect. The wait exceeds the time slice.
        expect(await permit()).toBe(true)
        throw new Unfinished(15 * minute)
      },
    })
    await expect(world.app.work(runId, { until: Infinity })).rejects.toBeInstanceOf(Unfinished)
    const [step] = await world.app.results(runId)
    expect([step?.state, step?.sentAt]).toEqual(['intent', undefined])
    world.system.advance(15 * minute)
    await world.app.work(runId, { until: Infinity })
    expect(await resultsOf(world.app, runId)).toEqual([
      'inactive-0: applied',
      'inactive-1: applied',
      'inactive-2: applied',
    ])
    expect(world.directory.arrived).toHaveLength(3)
  })
})
