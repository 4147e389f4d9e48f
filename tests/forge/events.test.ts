// Queue events and ticks arrive twice, late or never: every account still changes exactly once, and an idle hour is cheap.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planSeats, ask } from './app.js'
import { withoutForge } from './host.js'
import { openForgeWorld } from './world.js'

type World = Awaited<ReturnType<typeof openForgeWorld>>
const hour = 3_600_000

describe.skipIf(withoutForge)('inside Jira', () => {
  let world: World
  beforeEach(async () => {
    world = await openForgeWorld({ users: 120, now: new Date().toISOString() })
  })
  afterEach(() => world.close())

  const changesOf = (ids: readonly string[]) =>
    ids.map((id) => world.simulator.organization.byId.get(id)?.history.filter(({ by }) => by === 'api').length ?? 0)

  it('when every event is delivered twice, no account is changed twice', async () => {
    const { app, host } = world
    await app.sync('mia')
    const { plan, expected } = await planSeats(app, world.simulator)
    host.setFaults([{ on: 'delivery', kind: 'duplicate', every: 1 }])
    const approved = await app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, 'mia')
    if (!('run' in approved)) throw new Error('refused')
    await app.work(approved.run.runId, { until: 0 })
    expect((await app.runStatus(approved.run.runId)).counts.applied).toBe(plan.actions.length)
    expect(changesOf(plan.actions.map(({ accountId }) => accountId))).toEqual(expected)
  })

  it('the next tick resumes a run whose event was lost', async () => {
    const { app, host } = world
    await app.sync('mia')
    // Daily work wakes the worker too, so it runs first.
    await host.tick()
    await host.idle()
    const { plan } = await planSeats(app, world.simulator)
    host.setFaults([{ on: 'delivery', kind: 'lost', every: 1 }])
    const approved = await app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, 'mia')
    if (!('run' in approved)) throw new Error('refused')
    await host.idle()
    expect((await app.runStatus(approved.run.runId)).status).toBe('executing')
    host.setFaults([])
    await host.tick()
    expect((await app.work(approved.run.runId, { until: 0 }))?.status).toBe('finished')
  })

  it('an operation whose event was lost ends with an error instead of waiting for ever', async () => {
    const { host } = world
    host.setFaults([{ on: 'delivery', kind: 'lost', every: 1 }])
    const { job } = (await host.resolve('sync')) as { job: string }
    await host.idle()
    // Until then it may be waiting behind another job.
    host.advance(0.9 * hour)
    expect(await host.resolve('job', { id: job })).toEqual({ job })
    host.advance(hour)
    const message = expect.stringMatching(/it is unknown whether it was done\. Check before you try again/)
    expect(await host.resolve('job', { id: job })).toEqual({ error: { code: 'lost', message } })
  })

  it('an idle hour takes one short invocation with few requests, and pushes no event', async () => {
    const { app, host } = world
    await app.sync('mia')
    await host.tick()
    await host.idle()
    host.resetCounts()
    await host.tick()
    await host.idle()
    const { functions, sql, kvs, egress, events } = host.counts()
    expect(functions['tick']?.invocations).toBe(1)
    expect(functions['worker']?.invocations ?? 0).toBe(0)
    expect(sql.requests).toBeLessThanOrEqual(8)
    expect(kvs.reads).toBeLessThanOrEqual(6)
    expect([kvs.writes, egress.requests, events.pushes]).toEqual([0, 0, 0])
  })

  it('a schedule that is due before the next tick fires on time, also right after it was enabled', async () => {
    const { app, host } = world
    await app.sync('mia')
    const soon = new Date(host.now() + 40 * 60_000).toISOString().slice(11, 16)
    const policy = {
      name: 'Soon',
      scope: 'organization',
      conditions: { 'inactive-for': '400d' },
      actions: ['suspend-access'],
      schedule: { every: '1 day', at: soon, timeZone: 'UTC' },
      approval: 'required',
    }
    await ask(host, 'importPolicy', { body: policy })
    await ask(host, 'plan', { body: { policy: policy.name } })
    const enabledAt = host.now()
    await ask(host, 'enablePolicy', { params: { name: policy.name } })
    await host.idle(120_000)
    const { value } = (await ask(host, 'plans')) as { value: { policy: string; since: string }[] }
    expect(value.map(({ policy: of }) => of)).toEqual([policy.name])
    expect(Date.parse(value[0]?.since ?? '') - enabledAt).toBeLessThan(hour)
  })

  it('without a connection a tick reads one value and ends', async () => {
    const { host } = world
    await ask(host, 'disconnect')
    host.resetCounts()
    await host.tick()
    const { sql, kvs, egress, events } = host.counts()
    expect([sql.requests, kvs.reads, kvs.writes, egress.requests, events.pushes]).toEqual([0, 1, 0, 0, 0])
  })
})
