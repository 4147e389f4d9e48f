// Only Jira administrators may use the app, and an inactive license stops all changes.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { operations, type Interface } from '@rollcall/api'
import { planSeats, ask, appOf } from './app.js'
import { withoutForge } from './host.js'
import { openForgeWorld } from './world.js'

type World = Awaited<ReturnType<typeof openForgeWorld>>
const inactive = { active: false, isActive: false, type: 'PAID' }

describe.skipIf(withoutForge)('inside Jira', () => {
  let world: World
  beforeEach(async () => {
    world = await openForgeWorld({ users: 60, now: new Date().toISOString() })
  })
  afterEach(() => world.close())

  it('only a Jira administrator gets a response, whatever the payload says', async () => {
    world.host.signIn('somebody')
    const forged = { context: { accountId: 'mia' }, accountId: 'mia', principal: { accountId: 'mia' } }
    for (const operation of [...Object.keys(operations), 'connection', 'connect', 'disconnect', 'job'])
      expect(await world.host.resolve(operation, { ...forged, id: 'x', params: { id: 'x' } })).toEqual({
        error: { code: 'forbidden', message: 'Only Jira administrators can use Rollcall.' },
      })
  })

  it('when Jira does not respond, nobody counts as an administrator', async () => {
    for (const kind of ['error', 'cut', 'rate-limited'] as const) {
      world.host.setFaults([{ on: 'jira', kind, every: 1 }])
      expect([kind, await world.host.resolve('overview')]).toMatchObject([kind, { error: { code: 'forbidden' } }])
    }
    world.host.setFaults([])
    expect(await world.host.resolve('overview')).toHaveProperty('value')
  })

  it('the audit log names the account of the requester, as the platform reports it', async () => {
    await ask(world.host, 'protect', { body: { subject: 'group:team-design', reason: 'audit' }, by: 'noah' })
    const facts = []
    for await (const { fact } of world.app.audit()) facts.push(fact)
    expect(facts.at(-1)).toMatchObject({ event: 'protected', actor: 'mia' })
    expect(new Set(facts.map(({ actor }) => actor))).toEqual(new Set(['mia']))
  })

  it('with an inactive license Rollcall changes nothing, and all data stays readable', async () => {
    const { app, host } = world
    await app.sync('mia')
    const { plan } = await planSeats(app, world.simulator)
    host.license = inactive
    const { planId, fingerprint } = plan
    await expect(async () => app.approve({ planId, fingerprint }, 'mia')).rejects.toThrow(/license .* is not active/)
    await expect(ask(host, 'enablePolicy', { params: { name: 'x' } })).rejects.toThrow(/license .* is not active/)
    expect(await ask(host, 'overview')).toMatchObject({ value: { notices: [expect.stringContaining('not active')] } })
    expect((await app.showPlan(planId)).plan.planId).toBe(planId)
    host.license = { ...inactive, active: true, isActive: true }
    const approved = await app.approve({ planId, fingerprint }, 'mia')
    expect(approved).toHaveProperty('run')
  })

  it('with an inactive license exactly those operations fail that declare that they need one', async () => {
    const { host } = world
    host.license = inactive
    const refused: string[] = []
    for (const name of Object.keys(operations)) {
      const response = (await host.resolve(name, { params: { id: 'x', name: 'x' } })) as { error?: { message: string } }
      if (/license .* is not active/.test(response.error?.message ?? '')) refused.push(name)
    }
    const declared = Object.entries<Interface>(operations).filter(([, { needsLicense }]) => needsLicense === true)
    expect(refused).toEqual(declared.map(([name]) => name))
    expect(refused).toEqual(['approve', 'enablePolicy', 'resume'])
  })

  it('a run makes no changes between the end of the license and its renewal', async () => {
    const { app, host, simulator } = world
    await app.sync('mia')
    const { plan } = await planSeats(app, world.simulator)
    host.setFaults([{ on: 'delivery', kind: 'lost', every: 1 }])
    await app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, 'mia')
    await host.idle()
    host.setFaults([])
    const changes = () =>
      plan.actions.map(({ accountId }) => simulator.organization.byId.get(accountId)?.history.length)
    const before = changes()
    host.license = inactive
    await host.tick()
    await host.idle()
    expect(changes()).toEqual(before)
    host.license = undefined as never
    await host.tick()
    await host.idle()
    expect(changes()).not.toEqual(before)
  })

  it('Rollcall does not store a refused key, and never returns a key', async () => {
    const { host, simulator } = world
    const { id: organizationId, keys } = simulator.organization
    await expect(ask(host, 'connect', { organizationId, readKey: 'wrong' })).rejects.toThrow(/key/i)
    const responses = JSON.stringify([await ask(host, 'connection'), await ask(host, 'overview'), host.log])
    expect(responses).toContain(keys.unscoped.slice(-4))
    expect(responses).not.toContain(keys.unscoped)
    await ask(host, 'disconnect')
    await expect(ask(host, 'sync')).rejects.toThrow('No organization is connected')
    expect(appOf(host)).toBeDefined()
  })
})
