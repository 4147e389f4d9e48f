// The stop switch takes effect while Rollcall waits for Atlassian, however long the wait is.

import { describe, expect, it } from 'vitest'
import { DirectoryError, minute, second, waitUnlessStopped } from '../src/index.js'
import { manualSystem, memoryStore } from '../src/testing/index.js'
import { by, syncAndPlan, inactiveUsers, approveAndRun, worldOf } from './flow.js'

describe('a wait for Atlassian', () => {
  it('takes its full time while the switch is off', async () => {
    const system = manualSystem()
    await waitUnlessStopped(system, { store: memoryStore() })(15 * minute + 1)
    expect(system.waited()).toBe(15 * minute + 1)
  })

  it.each([0, 1, 59 * second])(
    'ends within a second of the switch when somebody turns it on after %i ms',
    async (after) => {
      const [system, store] = [manualSystem(), memoryStore()]
      const wait = (ms: number) => {
        if (system.waited() + ms > after) void store.putSetting('stopped', 'yes')
        return system.wait(ms)
      }
      const waiting = waitUnlessStopped({ wait }, { store })(15 * minute)
      await expect(waiting).rejects.toThrow(DirectoryError)
      expect(system.waited() - after).toBeLessThanOrEqual(second)
    },
  )
})

describe('the switch', () => {
  it('stays on when one admin turns it on while another turns it off, and the other gets an error', async () => {
    const world = worldOf(inactiveUsers(1))
    await world.app.stop('noah')
    const { auditLog } = world.ports
    const { append } = auditLog
    Object.assign(auditLog, {
      append: async (...given: Parameters<typeof append>) => {
        const entry = await append(...given)
        if (given[0].event === 'resumed') await world.app.stop('elif')
        return entry
      },
    })
    await expect(world.app.resume('noah')).rejects.toThrow('Somebody else used the stop switch at the same time')
    expect((await world.app.overview()).stopped).toBe(true)
  })
})

describe('the stored value of the switch', () => {
  it.each(['yes', 'yes 1', 'on', '', 'true', 'nothing', 'NO'])(
    '"%s" does not say off and therefore stops everything until a person turns the switch off',
    async (stored) => {
      const world = worldOf(inactiveUsers(1))
      const { planId, fingerprint } = await syncAndPlan(world)
      await world.ports.store.putSetting('stopped', stored)
      expect((await world.app.overview()).stopped).toBe(true)
      const refused = await world.app.approve({ planId, fingerprint }, by)
      expect('refusals' in refused ? refused.refusals.map(({ code }) => code) : []).toEqual(['stopped'])
      await world.app.resume('noah')
      expect((await world.app.overview()).stopped).toBe(false)
    },
  )

  it.each(['no', 'no 1'])('"%s" stops nothing', async (stored) => {
    const world = worldOf(inactiveUsers(1))
    await world.ports.store.putSetting('stopped', stored)
    expect((await world.app.overview()).stopped).toBe(false)
  })
})

describe('a run that waits for Atlassian', () => {
  it.each(['readAccount', 'apply', 'lifecycle', 'grantingGroups'] as const)(
    'in %s stops, changes no further account, and continues when the switch is off',
    async (operation) => {
      const world = worldOf(inactiveUsers(3))
      const policy = operation === 'lifecycle' ? { scope: 'organization', actions: ['deactivate-account'] } : {}
      const plan = await syncAndPlan(world, policy)
      const real = world.directory[operation] as (...given: unknown[]) => Promise<unknown>
      const wait = waitUnlessStopped(world.system, world.ports)
      Object.assign(world.directory, {
        [operation]: async (...given: unknown[]) => {
          Object.assign(world.directory, { [operation]: real })
          await world.app.stop('noah')
          await wait(minute)
          return real.apply(world.directory, given)
        },
      })
      const stopped = await approveAndRun(world.app, plan)
      expect([stopped.status, stopped.counts.failed, stopped.counts.unknown]).toEqual(['stopped', 0, 0])
      expect([world.directory.arrived.length, world.system.waited()]).toEqual([0, 0])
      await world.app.resume('noah')
      expect((await approveAndRun(world.app, plan)).counts.applied).toBe(3)
    },
  )
})
