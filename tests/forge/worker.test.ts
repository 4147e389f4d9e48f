// The worker inside Jira: what it does first, how it continues when one run fails, and its single chain of events.

import { afterEach, describe, expect, it } from 'vitest'
import type { ForgeHostOptions } from '@rollcall/forge-host'
import { betweenPolls } from '../between-polls.js'
import { planSeats, ask } from './app.js'
import { withoutForge } from './host.js'
import { openForgeWorld } from './world.js'

const minute = 60_000
const lost = [{ on: 'delivery', kind: 'lost', every: 1 }] as const

describe.skipIf(withoutForge)('inside Jira', () => {
  let close: (() => Promise<void>) | undefined
  afterEach(() => close?.())

  async function openWorld(forHost: Partial<ForgeHostOptions> = {}) {
    const world = await openForgeWorld({ users: 120, now: new Date().toISOString() }, forHost)
    close = world.close
    const { app, host, simulator } = world
    const control = (path: string, body: object) =>
      fetch(`${simulator.url}/_simulator/${path}`, { method: 'POST', body: JSON.stringify(body) })
    const approve = async ({ planId, fingerprint }: { planId: string; fingerprint: string }) => {
      const approved = await app.approve({ planId, fingerprint } as never, 'mia')
      if (!('run' in approved)) throw new Error(JSON.stringify(approved.refusals))
      return approved.run.runId
    }
    return {
      ...world,
      control,
      approve,
      /** Makes a plan for three accounts. */
      plan: async () => (await planSeats(app, simulator)).plan,
      /** Enables a policy that is due in two minutes; its plan then needs approval. */
      async schedule() {
        const at = new Date(host.now() + 2 * minute).toISOString().slice(11, 16)
        const policy = {
          name: 'Free seats by schedule',
          scope: { site: 'acme.atlassian.net', product: 'jira-software' },
          conditions: { 'inactive-for': '90d' },
          actions: ['revoke-product-access'],
          schedule: { every: '1 day', at, timeZone: 'UTC' },
          limits: { take: 3 },
        }
        await ask(host, 'importPolicy', { body: policy })
        await ask(host, 'plan', { body: { policy: policy.name } })
        await ask(host, 'enablePolicy', { params: { name: policy.name } })
      },
      /** Moves both clocks forward, the platform's and Atlassian's. */
      async pass(ms: number) {
        host.advance(ms)
        while ((await app.runs(1), Date.parse(await atlassianNow())) < host.now() - 1000) continue
        async function atlassianNow() {
          const response = await fetch(`${simulator.url}/_simulator/organization`)
          return ((await response.json()) as { now: string }).now
        }
      },
    }
  }

  it('an undo runs before a schedule that is due', async () => {
    const { app, host, plan: make, approve, schedule, pass } = await openWorld()
    await app.sync('mia')
    const first = await approve(await make())
    await host.idle()
    const { plan } = await app.planUndo(first, 'mia')
    await schedule()
    host.setFaults(lost)
    const undo = await approve(plan)
    await host.idle()
    await pass(4 * minute)
    host.setFaults([])
    await host.tick()
    await host.idle()
    const facts = []
    for await (const { fact } of app.audit()) facts.push(fact)
    const undone = facts.findIndex(({ event, runId }) => event === 'run-finished' && runId === undo)
    const fired = facts.findIndex(({ actor }) => actor === 'schedule')
    expect(undone).toBeGreaterThan(0)
    expect(fired).toBeGreaterThan(undone)
  })

  it('a failing run does not delay the runs behind it, and the worker tries it again', async () => {
    const { app, host, plan, approve } = await openWorld()
    await app.sync('mia')
    // The daily work runs first.
    await host.tick()
    await host.idle()
    const plans = [await plan(), await plan()] as const
    host.setFaults(lost)
    const [broken, sound] = [await approve(plans[0]), await approve(plans[1])]
    await host.idle()
    await host.database?.query('DELETE FROM plans WHERE plan_id = ?', [plans[0].planId])
    // Puts the broken run first, because both may have been approved within the same second.
    await host.database?.query('UPDATE runs SET started_at = 0 WHERE run_id = ?', [broken])
    host.setFaults([])
    host.resetCounts()
    await host.tick()
    await host.idle()
    expect((await app.runStatus(sound)).status).toBe('finished')
    expect((await app.runStatus(broken)).status).toBe('executing')
    // The first try and six more.
    expect(host.counts().functions['worker']?.invocations).toBe(7)
  })

  it('a schedule that failed to fire once fires before the next tick', async () => {
    const { app, host, schedule, pass } = await openWorld({ limits: { sqlWriteSeconds: 2 } })
    await app.sync('mia')
    await schedule()
    await pass(4 * minute)
    const delayed = 'CREATE TRIGGER slow BEFORE INSERT ON snapshots FOR EACH ROW SET @slept = SLEEP(4)'
    await host.database?.query(delayed)
    await host.tick()
    const slow = () => host.log.some(({ kind, text }) => kind === 'console' && text.includes('took longer'))
    while (!slow()) await betweenPolls()
    await host.database?.query('DROP TRIGGER slow')
    await host.idle()
    expect(await app.runs(5)).toMatchObject([{ policy: 'Free seats by schedule', status: 'awaiting-approval' }])
  })

  it('keeps one chain of events while a run waits, with ticks and with every event delivered twice', async () => {
    const { app, host, simulator, plan, approve, control } = await openWorld({ schedule: true })
    await app.sync('mia')
    await host.idle()
    const waits = { kind: 'status', status: 429, headers: { 'retry-after': '900' }, match: { method: 'DELETE' } }
    await control('faults', { ...waits, times: -1 })
    const made = await plan()
    host.resetCounts()
    host.setFaults([{ on: 'delivery', kind: 'duplicate', every: 1 }])
    const from = host.now()
    const runId = await approve(made)
    // Atlassian asks for 15 minutes each time, and each event arrives twice.
    const most = () => (host.now() - from) / (15 * minute) + 2
    const pushed = () => host.counts().events.pushed
    while (host.now() - from < 100 * minute && pushed() < 20) await betweenPolls()
    expect(pushed()).toBeLessThanOrEqual(most())
    await fetch(`${simulator.url}/_simulator/faults`, { method: 'DELETE' })
    await app.work(runId, { until: 0 })
    expect((await app.runStatus(runId)).status).toBe('finished')
    const { functions, events } = host.counts()
    expect(functions['tick']?.invocations).toBeGreaterThan(0)
    expect(events.pushed).toBeLessThanOrEqual(most())
    expect(functions['worker']?.invocations).toBeLessThanOrEqual(2 * events.pushed)
  })
})
