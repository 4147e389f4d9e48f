// A run whose share ends in the middle of a change: what has surely not left is sent as if for the first time.

import { describe, expect, it } from 'vitest'
import { minute, Unfinished } from '../src/index.js'
import { by, planned, quiet, resultsOf, worldOf } from './flow.js'

describe('a change that is refused for its rate, and whose wait is longer than the share', () => {
  it('is neither unknown nor forgotten: the next share makes it', async () => {
    const world = worldOf(quiet(3))
    const plan = await planned(world)
    const approved = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    if (!('run' in approved)) throw new Error('refused')
    const { runId } = approved.run
    const { apply } = world.directory
    let refused = 0
    Object.assign(world.directory, {
      apply: async (...[change, permit]: Parameters<typeof apply>) => {
        if (refused > 0) return apply(change, permit)
        refused += 1
        // Atlassian answers 429: it was sent, and had no effect. The wait does not fit.
        expect(await permit()).toBe(true)
        throw new Unfinished(15 * minute)
      },
    })
    await expect(world.app.work(runId, { until: Infinity })).rejects.toBeInstanceOf(Unfinished)
    const [step] = await world.app.results(runId)
    expect([step?.state, step?.sentAt]).toEqual(['intent', undefined])
    world.system.advance(15 * minute)
    await world.app.work(runId, { until: Infinity })
    expect(await resultsOf(world.app, runId)).toEqual(['quiet-0: applied', 'quiet-1: applied', 'quiet-2: applied'])
    expect(world.directory.arrived).toHaveLength(3)
  })
})
