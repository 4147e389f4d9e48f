// Disconnecting or connecting another organization stops all runs before their next change. Only a person can resume them.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator } from '@rollcall/simulator'
import { planSeats, appOf, ask } from './app.js'
import { startGate } from './gate.js'
import { startApp, withoutForge } from './host.js'

async function openWorld() {
  const simulator = await startSimulator({ users: 120, now: new Date().toISOString() })
  const gate = await startGate(simulator.url)
  const host = await startApp(gate.url)
  const { id: organizationId, keys } = simulator.organization
  const connect = (changes: object = {}) =>
    ask(host, 'connect', { organizationId, readKey: keys.unscoped, ...changes }) as Promise<{ value: object }>
  await connect()
  const app = appOf(host)
  return {
    simulator,
    gate,
    host,
    app,
    connect,
    keys,
    async close() {
      gate.open()
      await host.close()
      gate.close()
      await simulator.close()
    },
  }
}

describe.skipIf(withoutForge)('inside Jira', () => {
  let world: Awaited<ReturnType<typeof openWorld>>
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  /** Starts a run, and returns when its first change is on its way. */
  async function midRun() {
    const { app, gate } = world
    await app.sync('mia')
    const { plan, expected } = await planSeats(app, world.simulator)
    expect(expected.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(2)
    const approved = await app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, 'mia')
    if (!('run' in approved)) throw new Error('refused')
    await gate.waiting
    return approved.run.runId
  }
  async function eventsOf(): Promise<(readonly [string, string])[]> {
    const events = []
    for await (const { fact } of world.app.audit()) events.push([fact.event, fact.actor] as const)
    return events
  }

  it('disconnecting in the middle of a run lets the change in flight finish, and the run sends no other', async () => {
    const { app, host, gate, connect } = world
    const runId = await midRun()
    await ask(host, 'disconnect')
    gate.open()
    await host.idle()
    expect(gate.changes).toHaveLength(1)
    expect(host.secrets.keys().filter((name) => name.endsWith('-key') && name !== 'checkpoint-key')).toEqual([])
    expect(await app.runStatus(runId)).toMatchObject({
      status: 'stopped',
      stopReason: 'Somebody used the stop switch.',
    })
    expect(await eventsOf()).toContainEqual(['stopped', 'mia'])

    const sentence = expect.stringMatching(/stop switch is on.* allow runs again/)
    expect(await connect()).toMatchObject({ value: { stopped: true, notices: [sentence] } })
    expect(await ask(host, 'connection')).toMatchObject({ value: { stopped: true, notices: [sentence] } })
    await host.tick()
    await host.idle()
    expect(gate.changes).toHaveLength(1)
    await ask(host, 'resume')
    expect(await ask(host, 'connection')).toMatchObject({ value: { stopped: false, notices: [] } })
  })

  it('connecting another organization in the middle of a run stops it as well', async () => {
    const { app, host, gate, connect } = world
    const runId = await midRun()
    expect(await connect({ organizationId: 'another' })).toMatchObject({
      value: { organizationId: 'another', stopped: true },
    })
    gate.open()
    await host.idle()
    expect(gate.changes).toHaveLength(1)
    expect((await app.runStatus(runId)).status).toBe('stopped')
  })

  it('other keys of the same organization stop nothing', async () => {
    const { connect, keys } = world
    expect(await connect({ readKey: keys.scoped, actKey: keys.unscoped })).toMatchObject({
      value: { stopped: false, notices: [] },
    })
    expect(await eventsOf()).not.toContainEqual(['stopped', 'mia'])
  })

  it('when Atlassian refuses the key for changes, Rollcall stores neither of the new keys', async () => {
    const { host, connect, keys } = world
    const refused = connect({ readKey: keys.scoped, actKey: 'wrong' })
    await expect(refused).rejects.toThrow(/^The API key for changes was not taken, so nothing was kept\. .*\bkey\b/)
    expect(host.secrets.get('read-key')?.value).toBe(keys.unscoped)
    expect(host.secrets.get('act-key')).toBeUndefined()
  })
})
