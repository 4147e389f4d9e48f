// Limits: each has a default and bounds in one table. An organization or a policy may change it within its bounds.

import { describe, expect, it } from 'vitest'
import { defaultLimits, limitNames, limitTable, readPolicy } from '../src/index.js'
import { memoryWorld, organization, policy } from '../src/testing/index.js'
import { activeUsers, by, factsOf, syncAndPlan, inactiveUsers, worldOf } from './flow.js'

const document = { ...policy(), limits: {}, conditions: { 'inactive-for': '90d' } }
const policyLimits = limitNames.filter((name) => name !== 'budget')
const accepted = (limits: Readonly<Record<string, number>>) => 'policy' in readPolicy({ ...document, limits })

describe.each(limitNames)('the limit "%s"', (name) => {
  const { default: standard, least, most, whole } = limitTable[name]
  const step = whole ? 1 : 0.01

  it('has a default within its bounds', () => {
    expect(standard).toBeGreaterThanOrEqual(least)
    expect(standard).toBeLessThanOrEqual(most)
  })

  it('accepts from the organization both bounds and nothing beyond, and a refused value changes nothing', async () => {
    const { app } = worldOf(inactiveUsers(1), { limits: {} })
    for (const value of [least, most]) expect((await app.setLimits({ [name]: value }, by))[name]).toBe(value)
    for (const value of [least - step, most + step, Number.NaN])
      await expect(app.setLimits({ [name]: value }, by)).rejects.toThrow(name)
    expect(await app.limits()).toEqual({ ...defaultLimits, [name]: most })
  })
})

/** Which of two values of a limit allows less. */
const stricterOf: Readonly<Record<string, 'smaller' | 'larger'>> = { canaryWait: 'larger', veto: 'larger' }

describe.each(policyLimits)('the limit "%s" of a policy', (name) => {
  const { least, most, whole } = limitTable[name]
  const step = whole ? 1 : 0.01
  const [strict, wide] = stricterOf[name] === 'larger' ? [most, least] : [least, most]

  it('has both bounds, and nothing beyond is accepted', () => {
    expect([accepted({ [name]: least }), accepted({ [name]: most })]).toEqual([true, true])
    expect([accepted({ [name]: least - step }), accepted({ [name]: most + step })]).toEqual([false, false])
  })

  it("replaces the organization's where it is stricter, in every plan", async () => {
    const world = worldOf(inactiveUsers(1), { limits: { [name]: wide } })
    await world.app.sync(by)
    const planned = async (limits: object) => (await world.app.planFile({ ...policy(), limits }, by)).plan.limits[name]
    expect(await planned({})).toBe(wide)
    expect(await planned({ [name]: strict })).toBe(strict)
  })

  it("never widens the organization's", async () => {
    const world = worldOf(inactiveUsers(1), { limits: { [name]: strict } })
    await world.app.sync(by)
    await world.app.importPolicy({ ...policy(), limits: { [name]: wide } }, by)
    expect((await world.app.planStored(policy().name, by)).plan.limits[name]).toBe(strict)
  })
})

describe('the limits of the organization against a policy with the widest ones', () => {
  const widest = { accounts: 100_000, percent: 20 }

  it.each([
    ['accounts', { accounts: 5, percent: 20 }, 5],
    ['percent', { accounts: 50, percent: 2.5 }, 3],
  ] as const)('by %s decide how many accounts a plan may change', async (_what, limits, limit) => {
    const world = memoryWorld(organization([...inactiveUsers(20), ...activeUsers(120)]), { limits })
    await world.app.sync(by)
    const { refusals } = await world.app.planFile({ ...policy(), limits: widest }, by)
    expect(refusals).toContainEqual(expect.objectContaining({ code: 'too-many', actual: 20, limit }))
  })
})

describe('the weekly budget', () => {
  it('is refused in a policy, with a sentence that says who sets it', () => {
    const read = readPolicy({ ...document, limits: { budget: 20 } })
    const message =
      'Only the organization sets "budget", for all policies together. Remove it here; an admin sets it among the limits of the organization.'
    expect(read).toEqual({ problems: [{ path: ['limits', 'budget'], message }] })
  })

  it("is the organization's, also for a stored policy that names its own", async () => {
    const world = worldOf(inactiveUsers(1), { limits: { budget: 1 } })
    await world.app.sync(by)
    for (const budget of [20, 0.1])
      expect((await world.app.planFile({ ...policy(), limits: { budget } }, by)).plan.limits.budget).toBe(1)
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
    const world = worldOf(inactiveUsers(1), { limits: { unknown: 50, refused: 50, restored: 5 } })
    await world.app.sync(by)
    const stored = { ...policy(), limits: { unknown: 100, refused: 99, restored: 20, reading: 1, percent: 3 } }
    const { plan } = await world.app.planFile(stored, by)
    expect(plan.limits).toMatchObject({ unknown: 50, refused: 50, restored: 5, reading: 10, percent: 3 })
  })
})

describe('the limits of an organization', () => {
  it('change one by one, and the audit log records each change', async () => {
    const { app } = worldOf(inactiveUsers(1), { limits: {} })
    await app.setLimits({ percent: 3 }, by)
    expect(await app.setLimits({ accounts: 7 }, 'noah')).toEqual({ ...defaultLimits, percent: 3, accounts: 7 })
    expect((await factsOf(app)).map(({ actor, event, details }) => [actor, event, details])).toEqual([
      [by, 'limits-changed', { percent: 3 }],
      ['noah', 'limits-changed', { accounts: 7 }],
    ])
  })

  it('keep their values when the store fails while an admin sets another', async () => {
    const { app, ports } = worldOf(inactiveUsers(1), { limits: {} })
    await app.setLimits({ accounts: 7 }, by)
    const { setting } = ports.store
    ports.store.setting = () => Promise.reject(new Error('the store is busy'))
    await expect(app.setLimits({ percent: 3 }, by)).rejects.toThrow('the store is busy')
    ports.store.setting = setting
    expect(await app.limits()).toEqual({ ...defaultLimits, accounts: 7 })
  })

  it('keep both changes when two admins set them at the same time', async () => {
    const { app } = worldOf(inactiveUsers(1), { limits: {} })
    await Promise.all([app.setLimits({ percent: 3 }, by), app.setLimits({ accounts: 7 }, 'noah')])
    expect(await app.limits()).toEqual({ ...defaultLimits, percent: 3, accounts: 7 })
    expect((await factsOf(app)).map(({ actor }) => actor)).toEqual([by, 'noah'])
  })

  it('stay unchanged when others change them without end', async () => {
    const { app, ports } = worldOf(inactiveUsers(1), { limits: {} })
    ports.store.replaceSetting = async () => false
    await expect(app.setLimits({ percent: 3 }, by)).rejects.toThrow('Nothing was saved. Try again.')
    expect(await app.limits()).toEqual(defaultLimits)
  })

  it('can be set again when they are unreadable', async () => {
    const { app, ports } = worldOf(inactiveUsers(1), { limits: {} })
    await ports.store.putSetting('limits', '{')
    expect(await app.setLimits({ percent: 3 }, by)).toEqual({ ...defaultLimits, percent: 3 })
  })

  it('block a plan that was made before they changed', async () => {
    const world = worldOf(inactiveUsers(1), { limits: {} })
    const { planId, fingerprint } = await syncAndPlan(world)
    await world.app.setLimits({ percent: 3 }, by)
    const response = await world.app.approve({ planId, fingerprint }, by)
    expect(response).toMatchObject({ refusals: [{ code: 'fingerprint-mismatch', cause: 'limits-changed' }] })
  })

  it.each(['{', '[]', '{"percent":99}', '{"unheard":1}'])('block every run while they contain %s', async (stored) => {
    const world = worldOf(inactiveUsers(1), { limits: {} })
    const { planId, fingerprint } = await syncAndPlan(world)
    await world.ports.store.putSetting('limits', stored)
    const response = await world.app.approve({ planId, fingerprint }, by)
    expect(response).toMatchObject({ refusals: [{ code: 'fingerprint-mismatch', cause: 'limits-unreadable' }] })
    await expect(world.app.planFile(policy(), by)).rejects.toThrow('nothing runs')
    expect(world.directory.calls('apply')).toBe(0)
  })
})
