// The lease: one worker per organization. A worker that lost the lease writes nothing, and an undo goes first.

import { describe, expect, it } from 'vitest'
import { hour, leaseLength, second, type Step } from '../src/index.js'
import { memoryWorld, organization, type MemoryWorld, wideLimits } from '../src/testing/index.js'
import {
  by,
  activeUsers,
  factsOf,
  forever,
  syncAndPlan,
  inactiveUsers,
  approveAndRun,
  resultsOf,
  worldOf,
} from './flow.js'

async function approvePlan({ app }: MemoryWorld, plan: { readonly planId: string; readonly fingerprint: string }) {
  const response = await app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
  if ('refusals' in response) throw new Error(response.refusals.map(({ message }) => message).join(' '))
  return response.run
}

describe('a worker that sleeps past its lease before the run begins, without a replacement', () => {
  async function sleepPastLease(meanwhile: (world: MemoryWorld) => Promise<unknown>) {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    const run = await approvePlan(world, plan)
    const { store } = world.ports
    const { claimLease } = store
    let claims = 0
    Object.assign(store, {
      claimLease: async (...given: Parameters<typeof claimLease>) => {
        claims += 1
        if (claims !== 2) return claimLease(...given)
        world.system.advance(leaseLength + second)
        await meanwhile(world)
        return claimLease(given[0], world.system.now(), world.system.now() + leaseLength)
      },
    })
    await world.app.work(run.runId, forever)
    return { world, status: await world.app.runStatus(run.runId) }
  }

  it('checks the run again, and does not begin it with changed limits', async () => {
    const { world, status } = await sleepPastLease(({ app }) => app.setLimits({ reading: 30 }, by))
    expect([status.status, world.directory.arrived.length]).toEqual(['stopped', 0])
  })

  it('continues at once when nothing has changed', async () => {
    const { status } = await sleepPastLease(() => Promise.resolve())
    expect([status.status, status.counts.applied]).toEqual(['finished', 2])
  })
})

describe('a worker that sleeps in a call of the store before the run begins', () => {
  /** Sleeps past the lease at the nth call of a store method. Meanwhile something else happens. */
  async function sleepAt(
    method: 'putStep' | 'claimLease',
    nth: number,
    { app, ports, system }: MemoryWorld,
    run: { readonly runId: string },
    meanwhile: () => Promise<unknown> = () => Promise.resolve(),
  ) {
    const store = ports.store as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>
    const real = store[method]
    let calls = 0
    store[method] = async (...given) => {
      calls += 1
      if (calls === nth) {
        system.advance(leaseLength + second)
        await meanwhile()
      }
      const [now, until] = [system.now(), system.now() + leaseLength]
      return method === 'claimLease' ? real?.(given[0], now, until) : real?.(...given)
    }
    await app.work(run.runId as never, forever)
    return app.runStatus(run.runId as never)
  }

  it('checks the run again when a request was about to leave, and does not send it', async () => {
    const world = worldOf(inactiveUsers(2))
    const run = await approvePlan(world, await syncAndPlan(world))
    const status = await sleepAt('putStep', 2, world, run, () => world.app.setLimits({ reading: 30 }, by))
    expect([status.status, world.directory.arrived.length]).toEqual(['stopped', 0])
  })

  it('stops the run after Atlassian refused the key, and sends no further request', async () => {
    const world = worldOf(inactiveUsers(2))
    const run = await approvePlan(world, await syncAndPlan(world))
    world.directory.fail({ operation: 'readAccount', at: 1, code: 'unauthorized' })
    const before = world.directory.calls('readAccount')
    const status = await sleepAt('claimLease', 3, world, run)
    const [stopped] = await world.ports.store.runsWith('stopped')
    expect([status.status, stopped?.haltCause]).toEqual(['stopped', 'credentials'])
    expect(world.directory.calls('readAccount') - before).toBe(1)
  })
})

describe('a worker that reads an account for longer than its lease', () => {
  /** Three minutes for each reading: in one piece, or in requests of ten seconds. */
  async function slowReadings(length: 'one' | 'many', meanwhile: (world: MemoryWorld) => Promise<unknown>) {
    const world = worldOf(inactiveUsers(2))
    const run = await approvePlan(world, await syncAndPlan(world))
    const { directory, system } = world
    const read = directory.readAccount
    const began = directory.calls('readAccount')
    let first = true
    directory.readAccount = async (accountId, workspaces, onRequest) => {
      for (let request = 0; request < 18; request += 1) {
        if (length === 'many') await onRequest?.()
        await system.wait(10 * second)
        if (request !== 15 || !first) continue
        first = false
        await meanwhile(world)
      }
      return read(accountId, workspaces)
    }
    await world.app.work(run.runId, { until: system.now() + hour })
    return { world, status: await world.app.runStatus(run.runId), readings: directory.calls('readAccount') - began }
  }

  it.each(['one', 'many'] as const)('begins the run with what it has read (in %s)', async (length) => {
    const { status, readings } = await slowReadings(length, () => Promise.resolve())
    // Each account is read before its change and after it.
    expect([status.status, status.counts.applied, readings]).toEqual(['finished', 2, 4])
  })

  it.each(['one', 'many'] as const)('checks the run again after the reading (in %s)', async (length) => {
    const { world, status } = await slowReadings(length, ({ app }) => app.setLimits({ reading: 30 }, by))
    expect([status.status, world.directory.arrived.length]).toEqual(['stopped', 0])
  })

  it('keeps the lease between its requests, so that no other worker takes the run over', async () => {
    const others: unknown[] = []
    const { status } = await slowReadings('many', async (world) => {
      const { app } = world.process(undefined, { owner: 'other' })
      const [{ runId } = { runId: '' }] = await world.ports.store.runsWith('executing')
      others.push(await app.work(runId as never, forever))
    })
    expect([others, status.status]).toEqual([[undefined], 'finished'])
  })

  it('writes nothing when another worker has finished the run meanwhile', async () => {
    const { world, status } = await slowReadings('one', async ({ process, ports }) => {
      const [{ runId } = { runId: '' }] = await ports.store.runsWith('executing')
      await process(undefined, { owner: 'other' }).app.work(runId as never, forever)
    })
    expect([status.status, world.directory.arrived.length]).toEqual(['finished', 2])
  })
})

describe('a worker that is paused past its lease', () => {
  /** Pauses the first worker at the nth call of a port method, lets another worker finish the run, and wakes the first. */
  async function paused(port: 'store' | 'directory' | 'auditLog', method: string, nth: number) {
    const world = worldOf(inactiveUsers(3))
    const plan = await syncAndPlan(world)
    const run = await approvePlan(world, plan)
    const slow = world.process(undefined, { owner: 'slow' })
    const target = world.ports[port] as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>
    const real = target[method]
    if (real === undefined) throw new Error(`no ${method}`)
    let [calls, arrivedWhenPaused] = [0, -1]
    target[method] = async (...given) => {
      calls += 1
      if (calls !== nth) return real.apply(target, given)
      target[method] = real
      world.system.advance(leaseLength + second)
      await world.process(undefined, { owner: 'quick' }).app.work(run.runId, forever)
      arrivedWhenPaused = world.directory.arrived.length
      return real.apply(target, given)
    }
    await slow.app.work(run.runId, forever)
    return { world, run, arrivedWhenPaused }
  }

  it.each([
    ['before it reads an account', 'directory', 'readAccount', 2],
    ['before it writes an intent', 'store', 'putStep', 1],
    ['before it marks the request', 'store', 'putStep', 2],
    ['before it records the response', 'store', 'putStep', 3],
    ['before it reads the stop switch', 'store', 'setting', 3],
  ] as const)('%s has no further effect and writes nothing', async (_what, port, method, nth) => {
    const { world, run, arrivedWhenPaused } = await paused(port, method, nth)
    expect(arrivedWhenPaused).toBeGreaterThan(0)
    expect(world.directory.arrived.length).toBe(arrivedWhenPaused)
    const effective = world.directory.arrived.filter(({ effective }) => effective)
    expect(new Set(effective.map(({ change }) => change.accountId)).size).toBe(effective.length)
    const results = (await factsOf(world.app)).filter(({ event }) => event === 'result')
    expect(new Set(results.map(({ subject }) => subject)).size).toBe(results.length)
    const { status, counts } = await world.app.runStatus(run.runId)
    expect([status, counts.applied + counts.unknown]).toEqual(['finished', 3])
  })

  it('cannot write a step, because the store checks the lease in the same statement', async () => {
    const world = worldOf(inactiveUsers(1))
    const { store } = world.ports
    const first = await store.claimLease('slow', 0, 1)
    await store.claimLease('quick', 2, 3)
    const step = { runId: 'r', position: 0, state: 'intent' } as unknown as Step
    expect(first !== undefined && (await store.putStep(step, first))).toBe(false)
  })
})

describe('an undo', () => {
  it('goes before a run that removes access, whichever run the worker should execute', async () => {
    const world = worldOf(inactiveUsers(6))
    await world.app.setLimits({ budget: 20 }, by)
    const first = await approveAndRun(world.app, await syncAndPlan(world, { limits: { take: 3, percent: 20 } }))
    const second = await syncAndPlan(world, { name: 'Second', limits: { take: 3, percent: 20 } })
    const removing = await approvePlan(world, second)
    const undoing = await approvePlan(world, (await world.app.planUndo(first.runId, by)).plan)
    await world.app.work(removing.runId, forever)
    expect((await world.app.runStatus(undoing.runId)).status).toBe('finished')
    const ends = (await factsOf(world.app)).filter(({ event }) => event === 'run-finished')
    expect(ends.map(({ runId }) => runId)).toEqual([first.runId, undoing.runId, removing.runId])
  })

  it('that is approved during another run does not wait for that run', async () => {
    const world = memoryWorld(organization([...inactiveUsers(8), ...activeUsers(80)]), {
      limits: { ...wideLimits, budget: 20 },
      onChange: () => void (world.directory.arrived.length === 4 && approveUndo()),
    })
    const first = await approveAndRun(world.app, await syncAndPlan(world, { limits: { take: 2, percent: 20 } }))
    const undo = (await world.app.planUndo(first.runId, by)).plan
    const approveUndo = () => approvePlan(world, undo)
    const second = await syncAndPlan(world, { name: 'Second', limits: { take: 6, percent: 20 } })
    await world.app.work((await approvePlan(world, second)).runId, forever)
    const order = world.directory.arrived.map(({ change }) => change.kind)
    expect(order.filter((kind) => kind === 'add-to-group')).toHaveLength(2)
    // The approval itself takes about as long as a step or two.
    expect(order.lastIndexOf('add-to-group')).toBeLessThan(order.lastIndexOf('remove-from-group'))
    expect(order).toHaveLength(10)
  })

  it('that halts does not delay other runs', async () => {
    const world = worldOf(inactiveUsers(6))
    const first = await approveAndRun(world.app, await syncAndPlan(world, { limits: { take: 3, percent: 20 } }))
    await world.app.setLimits({ budget: 20 }, by)
    const second = await approvePlan(
      world,
      await syncAndPlan(world, { name: 'Second', limits: { take: 3, percent: 20 } }),
    )
    await approvePlan(world, (await world.app.planUndo(first.runId, by)).plan)
    world.directory.fail({ operation: 'readAccount', at: 1, times: 3, code: 'unavailable' })
    await world.app.work(second.runId, forever)
    expect((await world.app.runs(9)).map(({ status }) => status).toSorted()).toEqual([
      'finished',
      'finished',
      'stopped',
    ])
    expect((await world.app.runStatus(second.runId)).status).toBe('finished')
  })
})

describe('the organization', () => {
  it.each([
    ['id', { id: 'org-2', name: 'Acme' }],
    ['name', { id: 'org-1', name: 'Acme Labs' }],
  ])("with another %s in Atlassian's response stops the run before the first request", async (_what, response) => {
    const world = worldOf(inactiveUsers(2))
    const run = await approvePlan(world, await syncAndPlan(world))
    world.directory.organization = () => Promise.resolve(response as never)
    const stopped = await world.app.work(run.runId, forever)
    expect([stopped?.status, world.directory.calls('apply')]).toEqual(['stopped', 0])
    expect(stopped?.stoppedBy).toEqual({ code: 'wrong-organization' })
    expect(stopped?.stopReason).toContain('The plan is for Acme (org-1)')
  })

  it('whose key Atlassian refuses stops the run, which continues with a valid key', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    const run = await approvePlan(world, plan)
    world.directory.fail({ operation: 'organization', at: 1, code: 'unauthorized' })
    expect((await world.app.work(run.runId, forever))?.haltCause).toBe('credentials')
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(2)
    expect(await resultsOf(world.app, run.runId)).toEqual(['inactive-0: applied', 'inactive-1: applied'])
  })
})
