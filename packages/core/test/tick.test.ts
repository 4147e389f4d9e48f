import { describe, expect, it } from 'vitest'
import { minute, type App, type TickFailure } from '../src/index.js'
import {
  by,
  factsOf,
  fireScheduledPolicy,
  forever,
  syncAndPlan,
  inactiveUsers,
  approveAndRun,
  resultsOf,
  worldOf,
} from './flow.js'

const used = { until: Infinity, usedUp: () => true }

async function ticked(app: App, slice = forever, acts = true) {
  const failures: TickFailure[] = []
  const result = await app.tick(() => slice, { by: 'worker', acts, onFailure: (failed) => failures.push(failed) })
  return { ...result, failures }
}

async function approvedIn(app: App): Promise<string> {
  const { planId, fingerprint } = await syncAndPlan({ app }, { limits: { take: 1 } })
  const approved = await app.approve({ planId, fingerprint }, by)
  if ('refusals' in approved) throw new Error(approved.refusals.map(({ code }) => code).join())
  return approved.run.runId
}

describe('a tick', () => {
  it('finishes an executing run, and then has nothing to wait for', async () => {
    const { app } = worldOf(inactiveUsers(1))
    const runId = await approvedIn(app)
    const { found, failures, goesOnMs, firesInMs } = await ticked(app)
    expect([[...found], failures, goesOnMs, firesInMs]).toEqual([[runId], [], undefined, undefined])
    expect(await resultsOf(app, runId)).toEqual(['inactive-0: applied'])
  })

  it('leaves a run for the next tick when its time slice is used up', async () => {
    const { app } = worldOf(inactiveUsers(1))
    const runId = await approvedIn(app)
    expect((await ticked(app, used as typeof forever)).goesOnMs).toBe(0)
    expect(await resultsOf(app, runId)).toEqual([])
  })

  it('returns in a minute while another process holds the lease', async () => {
    const world = worldOf(inactiveUsers(1))
    await approvedIn(world.app)
    await world.ports.store.claimLease('another', world.system.now(), world.system.now() + minute)
    expect((await ticked(world.app)).goesOnMs).toBe(minute)
  })

  it('advances an undo before the run that was approved earlier', async () => {
    const { app } = worldOf(inactiveUsers(3))
    const { runId: first } = await approveAndRun(app, await syncAndPlan({ app }, { limits: { take: 1 } }))
    const waiting = await approvedIn(app)
    const { plan } = await app.planUndo(first, by)
    const approved = await app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    const undo = 'run' in approved ? approved.run.runId : ''
    await ticked(app)
    const ended = (await factsOf(app)).filter(({ event }) => event === 'run-finished').map(({ runId }) => runId)
    expect(ended).toEqual([first, undo, waiting])
  })

  it('reports a run that fails and a schedule that cannot fire, and does the rest', async () => {
    const { app, ports } = worldOf(inactiveUsers(2))
    const broken = await approvedIn(app)
    const intact = await approvedIn(app)
    const missing = (await ports.store.run(broken as never))?.planId
    const { plan } = ports.store
    ports.store.plan = async (planId) => (planId === missing ? undefined : plan(planId))
    ports.store.policies = () => Promise.reject(new Error('unreadable'))
    const failures: TickFailure[] = []
    const options = { by: 'worker', onFailure: (failed: TickFailure) => failures.push(failed) }
    await expect(app.tick(() => forever, options)).rejects.toThrow('unreadable')
    expect(failures.map(({ piece, runId }) => [piece, runId])).toEqual([
      ['audit', undefined],
      ['schedules', undefined],
      ['run', broken],
    ])
    expect((await app.runStatus(intact)).status).toBe('finished')
  })

  it('fires due schedules, and returns when the canary pause ends', async () => {
    const world = worldOf(inactiveUsers(4))
    const { run } = await fireScheduledPolicy(world, { limits: { take: 4, percent: 20, canaryAccounts: 1 } })
    const { goesOnMs } = await ticked(world.app)
    const { restUntil } = (await world.ports.store.run(run.runId)) ?? {}
    expect(goesOnMs).toBe((restUntil ?? 0) - world.system.now())
    expect((await world.app.nextTick(true)).goesOnMs).toBe(goesOnMs)
  })

  it('says when the next schedule fires', async () => {
    const world = worldOf(inactiveUsers(1))
    await fireScheduledPolicy(world)
    const { firesInMs } = await ticked(world.app)
    world.system.advance(10 * minute)
    expect((await world.app.nextTick(true)).firesInMs).toBe((firesInMs ?? 0) - 10 * minute)
  })

  it('only maintains the audit log when it may not act', async () => {
    const world = worldOf(inactiveUsers(1))
    const runId = await approvedIn(world.app)
    expect(await world.app.nextTick(false)).toEqual({ goesOnMs: 0, firesInMs: undefined })
    await ticked(world.app, forever, false)
    expect(await world.app.nextTick(false)).toEqual({ goesOnMs: undefined, firesInMs: undefined })
    expect((await world.app.runStatus(runId)).status).toBe('executing')
  })

  it('maintains the audit log once a day, whichever process ticks', async () => {
    const world = worldOf(inactiveUsers(1))
    await world.app.sync(by)
    await ticked(world.app)
    await ticked(world.process().app)
    expect(await world.app.checkpoints()).toHaveLength(1)
    await world.app.sync(by)
    world.system.advance(24 * 60 * minute)
    await ticked(world.app)
    expect(await world.app.checkpoints()).toHaveLength(2)
  })

  it('maintains the audit log at the next tick after a failure', async () => {
    const world = worldOf(inactiveUsers(1))
    await world.app.sync(by)
    const { addCheckpoint } = world.ports.auditLog
    const app = (auditLog: object) => Object.assign(world.ports.auditLog, auditLog)
    app({ addCheckpoint: () => Promise.reject(new Error('disk full')) })
    const failing = world.process().app
    expect((await ticked(failing)).failures.map(({ piece }) => piece)).toEqual(['audit'])
    app({ addCheckpoint })
    await ticked(world.process().app)
    expect(await world.app.checkpoints()).toHaveLength(1)
  })
})
