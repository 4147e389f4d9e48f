// Cancelling a run: possible in every status that is not its end, also while a request is under way.

import { describe, expect, it } from 'vitest'
import { minute, second, type RunStatus } from '../src/index.js'
import type { MemoryWorld } from '../src/testing/index.js'
import {
  approveAndRun,
  by,
  factsOf,
  fireScheduledPolicy,
  forever,
  inactiveUsers,
  resultsOf,
  stateOf,
  syncAndPlan,
  worldOf,
} from './flow.js'

const inTwoStages = { accounts: 99, percent: 20, canaryAccounts: 2 }

/** A scheduled run in its canary pause, with two of six accounts changed. */
async function paused() {
  const world = worldOf(inactiveUsers(6))
  const before = stateOf(world)
  const { run, name } = await fireScheduledPolicy(world, { limits: inTwoStages })
  await world.app.work(run.runId, forever)
  return { world, runId: run.runId, planId: run.planId, name, before }
}
/** Long after the pause would have ended, and every worker has had its turn. */
async function later({ app, system }: MemoryWorld): Promise<void> {
  system.advance(2 * 60 * minute)
  await app.tick(() => forever, { by, onFailure: ({ failure }) => expect(failure).toBeUndefined() })
}
const statusOf = async ({ app }: MemoryWorld, runId: string): Promise<RunStatus> => (await app.runStatus(runId)).status

describe('a run in its canary pause', () => {
  it('ends when somebody cancels it, and nothing of it goes on', async () => {
    const { world, runId } = await paused()
    expect(await world.app.cancel(runId, 'noah', 'wrong group')).toMatchObject({
      status: 'cancelled',
      cancelledBy: 'noah',
    })
    await later(world)
    expect([await statusOf(world, runId), world.directory.arrived.length]).toEqual(['cancelled', 2])
    const logged = (await factsOf(world.app)).filter(({ event }) => event === 'run-cancelled')
    expect(logged).toMatchObject([{ actor: 'noah', reason: 'wrong group', runId }])
  })

  it('can be undone: that cancels it, and gives back what it took', async () => {
    const { world, runId, before } = await paused()
    const { plan, refusals } = await world.app.planUndo(runId, by)
    expect([refusals, plan.actions.length]).toEqual([[], 2])
    await approveAndRun(world.app, plan)
    await later(world)
    expect([await statusOf(world, runId), stateOf(world)]).toEqual(['cancelled', before])
  })

  it.each<[string, (world: MemoryWorld, name: string) => Promise<unknown>, string]>([
    ['uses the stop switch', ({ app }) => app.stop(by), 'Somebody used the stop switch'],
    ['disables its policy', ({ app }, name) => app.disablePolicy(name, by), 'disabled'],
    ['deletes its policy', ({ app }, name) => app.deletePolicy(name, by), 'gone'],
    ['lowers the limits', ({ app }) => app.setLimits({ accounts: 1 }, by), 'limits of the organization have changed'],
  ])('stops at once when somebody %s', async (_what, change, says) => {
    const { world, runId, name } = await paused()
    await change(world, name)
    const { status, stopReason } = await world.app.runStatus(runId)
    expect([status, stopReason]).toEqual(['stopped', expect.stringContaining(says)])
  })

  it('needs its own approval to go on after a stop, and can be undone while the switch is on', async () => {
    const { world, runId, before } = await paused()
    await world.app.stop(by)
    await world.app.resume(by)
    await later(world)
    expect([await statusOf(world, runId), world.directory.arrived.length]).toEqual(['stopped', 2])
    await world.app.stop(by)
    const { plan } = await world.app.planUndo(runId, by)
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(2)
    expect(stateOf(world)).toEqual(before)
  })
})

describe('resuming the stop switch', () => {
  it('stops a run that no process has looked at since the stop', async () => {
    const { world, runId } = await paused()
    await world.ports.store.putSetting('stopped', 'yes 1')
    await world.app.resume(by)
    expect(await statusOf(world, runId)).toBe('stopped')
  })
})

describe('cancelling', () => {
  it('while a request is under way lets it end, and sends no other', async () => {
    let runId = ''
    const world = worldOf(inactiveUsers(5), {
      onChange: () => void (world.directory.arrived.length === 2 && world.app.cancel(runId, by)),
    })
    const plan = await syncAndPlan(world)
    const approved = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    runId = 'run' in approved ? approved.run.runId : ''
    const run = await world.app.work(approved && 'run' in approved ? approved.run.runId : ('' as never), forever)
    expect([run?.status, run?.settling, world.directory.arrived.length]).toEqual(['cancelled', undefined, 2])
    expect(await resultsOf(world.app, runId)).toEqual(['inactive-0: applied', 'inactive-1: applied'])
  })

  it('leaves no open request behind when the process that sent it was killed', async () => {
    const world = worldOf(inactiveUsers(3))
    const plan = await syncAndPlan(world)
    const approved = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    const { runId } = 'run' in approved ? approved.run : { runId: '' as never }
    const isSent = async () => (await world.ports.store.steps(runId)).some(({ state }) => state === 'sent')
    for (let at = 1; at < 200 && !(await isSent()); at += 1) {
      const { app } = world.process({ at, when: 'after' })
      await app.work(runId, forever).catch(() => undefined)
      world.system.advance(3 * minute)
    }
    expect(await isSent()).toBe(true)
    await world.app.cancel(runId, by)
    world.system.advance(5 * minute)
    await world.app.tick(() => forever, { by, onFailure: ({ failure }) => expect(failure).toBeUndefined() })
    expect((await world.ports.store.steps(runId)).map(({ state }) => state)).not.toContain('sent')
    expect((await world.ports.store.run(runId))?.settling).toBeUndefined()
  })

  it('works on a plan that waits for approval, which then never runs', async () => {
    const world = worldOf(inactiveUsers(3))
    const { run } = await fireScheduledPolicy(world, { approval: 'required' })
    expect(run.status).toBe('awaiting-approval')
    await world.app.cancel(run.runId, by)
    const { plan } = await world.app.showPlan(run.planId)
    await expect(approveAndRun(world.app, plan)).rejects.toThrow('cancelled this plan')
  })

  it('works on a stopped run, which then never goes on', async () => {
    const { world, runId, planId } = await paused()
    await world.app.stop(by)
    await world.app.cancel(runId, by)
    await world.app.resume(by)
    const { plan } = await world.app.showPlan(planId)
    await expect(approveAndRun(world.app, plan)).rejects.toThrow('cancelled this plan')
  })

  it('twice says the same, and of a finished run points to undo', async () => {
    const { world, runId } = await paused()
    await world.app.cancel(runId, by)
    expect((await world.app.cancel(runId, 'elif')).cancelledBy).toBe(by)
    const finished = await approveAndRun(world.app, await syncAndPlan(world, { limits: { take: 1 } }))
    await expect(world.app.cancel(finished.runId, by)).rejects.toThrow('Undo it instead')
  })

  it('works although the audit log cannot be written', async () => {
    const { world, runId } = await paused()
    const { append } = world.ports.auditLog
    Object.assign(world.ports.auditLog, { append: () => Promise.reject(new Error('the disk is full')) })
    await expect(world.app.cancel(runId, by)).rejects.toThrow('the disk is full')
    Object.assign(world.ports.auditLog, { append })
    await later(world)
    expect([await statusOf(world, runId), world.directory.arrived.length]).toEqual(['cancelled', 2])
  })
})

describe('a run that was undone', () => {
  it('never goes on', async () => {
    const { world, runId, planId } = await paused()
    await world.app.stop(by)
    const { plan: undo } = await world.app.planUndo(runId, by)
    await approveAndRun(world.app, undo)
    await world.app.resume(by)
    const { plan } = await world.app.showPlan(planId)
    await expect(approveAndRun(world.app, plan)).rejects.toThrow('cancelled this plan')
  })

  it('takes an undo plan only while that covers all its changes', async () => {
    const { world, runId, planId } = await paused()
    await world.app.stop(by)
    const { plan: undo } = await world.app.planUndo(runId, by)
    await world.app.resume(by)
    world.system.advance(61 * minute)
    await approveAndRun(world.app, (await world.app.showPlan(planId)).plan)
    await expect(approveAndRun(world.app, undo)).rejects.toThrow('changed more accounts since. Plan the undo again.')
  })

  it('takes an undo plan that covers all its changes, also from a process with a clock that is behind', async () => {
    const { world, runId } = await paused()
    world.system.advance(-5 * second)
    const { plan: undo } = await world.app.planUndo(runId, by)
    expect((await approveAndRun(world.app, undo)).counts.applied).toBe(2)
  })
})

describe('an undo that only restores access', () => {
  it('is not limited in how many accounts it gives back', async () => {
    const world = worldOf(inactiveUsers(12))
    const run = await approveAndRun(world.app, await syncAndPlan(world, { limits: { accounts: 99, percent: 20 } }))
    await world.app.setLimits({ accounts: 1, percent: 0.1, budget: 0.1 }, by)
    expect((await world.app.planUndo(run.runId, by)).refusals).toEqual([])
  })

  it('is possible although limits and protected list cannot be read', async () => {
    const world = worldOf(inactiveUsers(2))
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    await world.ports.store.putSetting('limits', 'broken')
    Object.assign(world.ports.store, { protections: () => Promise.reject(new Error('unreadable')) })
    const { plan, refusals } = await world.app.planUndo(run.runId, by)
    expect(refusals).toEqual([])
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(2)
  })
})

describe('approving and discarding one plan at the same time', () => {
  it('leaves a log that agrees with the answers', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    const { auditLog } = world.ports
    const { append } = auditLog
    Object.assign(auditLog, {
      append: async (...given: Parameters<typeof append>) => {
        const entry = await append(...given)
        if (given[0].event === 'approved') await world.process().app.discard(plan.planId, 'noah')
        return entry
      },
    })
    await expect(approveAndRun(world.app, plan)).rejects.toThrow('noah discarded this plan')
    const events = (await factsOf(world.app)).filter(({ planId }) => planId === plan.planId).map(({ event }) => event)
    expect(events).toEqual(['planned', 'approved', 'discarded', 'refused'])
    expect(world.directory.arrived).toEqual([])
  })

  it('does not log a discard that an approval has overtaken', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    const { store } = world.ports
    const { insertRun } = store
    Object.assign(store, {
      insertRun: async (...given: Parameters<typeof insertRun>) => {
        Object.assign(store, { insertRun })
        await world.process().app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, 'noah')
        return insertRun(...given)
      },
    })
    await expect(world.app.discard(plan.planId, by)).rejects.toThrow('Somebody else changed it first')
    expect((await factsOf(world.app)).map(({ event }) => event)).not.toContain('discarded')
  })

  it('refuses an approval during which somebody used the stop switch, even when it is off again', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    const { organization } = world.directory
    Object.assign(world.directory, {
      organization: async () => {
        Object.assign(world.directory, { organization })
        await world.app.stop('noah')
        await world.app.resume('noah')
        return organization()
      },
    })
    const approved = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    expect('refusals' in approved ? approved.refusals.map(({ code }) => code) : []).toEqual(['stopped'])
    expect(await world.app.executing()).toEqual([])
  })
})

it('an intent whose requests have changed before they were sent is logged again', async () => {
  const world = worldOf(inactiveUsers(1))
  const plan = await syncAndPlan(world)
  const { apply } = world.directory
  let waited = false
  Object.assign(world.directory, {
    apply: async (...given: Parameters<typeof apply>) => {
      if (!waited) {
        waited = true
        world.organization.people.get('inactive-0')?.groups.add('group-jira-more')
        world.system.advance(2 * minute)
      }
      return apply(...given)
    },
  })
  const groups = world.organization.groups as unknown[]
  groups.push({ ...world.organization.groups[0], id: 'group-jira-more', name: 'jira-more' })
  await approveAndRun(world.app, plan)
  const changes = (await factsOf(world.app))
    .filter(({ event }) => event === 'intent')
    .map(({ details }) => ((details?.['changes'] ?? []) as readonly unknown[]).length)
  expect([changes, world.directory.arrived.length]).toEqual([[1, 2], 2])
})
