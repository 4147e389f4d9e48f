// Limits: each has a default and bounds in one table. An organization or a policy may change it within its bounds.

import { describe, expect, it } from 'vitest'
import { defaultLimits, limitNames, limitTable, readPolicy } from '../src/index.js'
import { policy } from '../src/testing/index.js'
import { by, factsOf, syncAndPlan, inactiveUsers, worldOf } from './flow.js'

const document = { ...policy(), limits: {}, conditions: { 'inactive-for': '90d' } }
const accepted = (limits: Readonly<Record<string, number>>) => 'policy' in readPolicy({ ...document, limits })

describe.each(limitNames)('the limit "%s"', (name) => {
  const { default: standard, least, most, whole } = limitTable[name]
  const step = whole ? 1 : 0.01

  it('has a default within its bounds', () => {
    expect(standard).toBeGreaterThanOrEqual(least)
    expect(standard).toBeLessThanOrEqual(most)
  })

  it('accepts from a policy both bounds and nothing beyond', () => {
    expect([accepted({ [name]: least }), accepted({ [name]: most })]).toEqual([true, true])
    expect([accepted({ [name]: least - step }), accepted({ [name]: most + step })]).toEqual([false, false])
  })

  it('accepts from the organization both bounds and nothing beyond, and a refused value changes nothing', async () => {
    const { app } = worldOf(inactiveUsers(1))
    for (const value of [least, most]) expect((await app.setLimits({ [name]: value }, by))[name]).toBe(value)
    for (const value of [least - step, most + step, Number.NaN])
      await expect(app.setLimits({ [name]: value }, by)).rejects.toThrow(name)
    expect(await app.limits()).toEqual({ ...defaultLimits, [name]: most })
  })

  it("is part of every plan, and the policy's value overrides the organization's", async () => {
    const world = worldOf(inactiveUsers(1))
    await world.app.setLimits({ [name]: most }, by)
    expect((await syncAndPlan(world, { limits: {} })).limits[name]).toBe(most)
    expect((await syncAndPlan(world, { limits: { [name]: least } })).limits[name]).toBe(least)
  })
})

describe('the breaker', () => {
  it.each([
    ['unknown', 50],
    ['refused', 50],
    ['restored', 5],
  ] as const)('allows no threshold of %s accounts above %i %', (name, most) => {
    expect(limitTable[name].most).toBe(most)
  })
})

describe('a stored policy whose limits exceed their bounds', () => {
  it('makes plans with the limits at their bounds', async () => {
    const world = worldOf(inactiveUsers(1))
    await world.app.sync(by)
    const stored = { ...policy(), limits: { unknown: 100, refused: 99, restored: 20, reading: 1, percent: 3 } }
    const { plan } = await world.app.planFile(stored, by)
    expect(plan.limits).toMatchObject({ unknown: 50, refused: 50, restored: 5, reading: 10, percent: 3 })
  })
})

describe('the limits of an organization', () => {
  it('change one by one, and the audit log records each change', async () => {
    const { app } = worldOf(inactiveUsers(1))
    await app.setLimits({ percent: 3 }, by)
    expect(await app.setLimits({ accounts: 7 }, 'noah')).toEqual({ ...defaultLimits, percent: 3, accounts: 7 })
    expect((await factsOf(app)).map(({ actor, event, details }) => [actor, event, details])).toEqual([
      [by, 'limits-changed', { percent: 3 }],
      ['noah', 'limits-changed', { accounts: 7 }],
    ])
  })

  it('keep their values when the store fails while an admin sets another', async () => {
    const { app, ports } = worldOf(inactiveUsers(1))
    await app.setLimits({ accounts: 7 }, by)
    const { setting } = ports.store
    ports.store.setting = () => Promise.reject(new Error('the store is busy'))
    await expect(app.setLimits({ percent: 3 }, by)).rejects.toThrow('the store is busy')
    ports.store.setting = setting
    expect(await app.limits()).toEqual({ ...defaultLimits, accounts: 7 })
  })

  it('keep both changes when two admins set them at the same time', async () => {
    const { app } = worldOf(inactiveUsers(1))
    await Promise.all([app.setLimits({ percent: 3 }, by), app.setLimits({ accounts: 7 }, 'noah')])
    expect(await app.limits()).toEqual({ ...defaultLimits, percent: 3, accounts: 7 })
    expect((await factsOf(app)).map(({ actor }) => actor)).toEqual([by, 'noah'])
  })

  it('stay unchanged when others change them without end', async () => {
    const { app, ports } = worldOf(inactiveUsers(1))
    ports.store.replaceSetting = async () => false
    await expect(app.setLimits({ percent: 3 }, by)).rejects.toThrow('Nothing was saved. Try again.')
    expect(await app.limits()).toEqual(defaultLimits)
  })

  it('can be set again when they are unreadable', async () => {
    const { app, ports } = worldOf(inactiveUsers(1))
    await ports.store.putSetting('limits', '{')
    expect(await app.setLimits({ percent: 3 }, by)).toEqual({ ...defaultLimits, percent: 3 })
  })

  it('block a plan that was made before they changed', async () => {
    const world = worldOf(inactiveUsers(1))
    const { planId, fingerprint } = await syncAndPlan(world)
    await world.app.setLimits({ percent: 3 }, by)
    const response = await world.app.approve({ planId, fingerprint }, by)
    expect(response).toMatchObject({ refusals: [{ code: 'fingerprint-mismatch', cause: 'limits-changed' }] })
  })

  it.each(['{', '[]', '{"percent":99}', '{"unheard":1}'])('block every run while they contain %s', async (stored) => {
    const world = worldOf(inactiveUsers(1))
    const { planId, fingerprint } = await syncAndPlan(world)
    await world.ports.store.putSetting('limits', stored)
    const response = await world.app.approve({ planId, fingerprint }, by)
    expect(response).toMatchObject({ refusals: [{ code: 'fingerprint-mismatch', cause: 'limits-unreadable' }] })
    await expect(world.app.planFile(policy(), by)).rejects.toThrow('nothing runs')
    expect(world.directory.calls('apply')).toBe(0)
  })
})
