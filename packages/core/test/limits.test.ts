// Limits: each has its default, its bounds, one place; an organization and a policy may move it inside them.

import { describe, expect, it } from 'vitest'
import { defaultLimits, limitNames, limitTable, readPolicy } from '../src/index.js'
import { policy } from '../src/testing/index.js'
import { by, factsOf, planned, quiet, worldOf } from './flow.js'

const document = { ...policy(), limits: {}, conditions: { 'inactive-for': '90d' } }
const accepted = (limits: Readonly<Record<string, number>>) => 'policy' in readPolicy({ ...document, limits })

describe.each(limitNames)('the limit "%s"', (name) => {
  const { default: usual, least, most, whole } = limitTable[name]
  const step = whole ? 1 : 0.01

  it('has a default within its bounds', () => {
    expect(usual).toBeGreaterThanOrEqual(least)
    expect(usual).toBeLessThanOrEqual(most)
  })

  it('may be set by a policy at either bound, and not beyond', () => {
    expect([accepted({ [name]: least }), accepted({ [name]: most })]).toEqual([true, true])
    expect([accepted({ [name]: least - step }), accepted({ [name]: most + step })]).toEqual([false, false])
  })

  it('may be set by the organization at either bound, and not beyond; what is refused changes nothing', async () => {
    const { app } = worldOf(quiet(1))
    for (const value of [least, most]) expect((await app.setLimits({ [name]: value }, by))[name]).toBe(value)
    for (const value of [least - step, most + step, Number.NaN])
      await expect(app.setLimits({ [name]: value }, by)).rejects.toThrow(name)
    expect(await app.limits()).toEqual({ ...defaultLimits, [name]: most })
  })

  it('is carried by every plan, the policy before the organization', async () => {
    const world = worldOf(quiet(1))
    await world.app.setLimits({ [name]: most }, by)
    expect((await planned(world, { limits: {} })).limits[name]).toBe(most)
    expect((await planned(world, { limits: { [name]: least } })).limits[name]).toBe(least)
  })
})

describe('the breaker', () => {
  it.each([
    ['unknown', 50],
    ['refused', 50],
    ['restored', 5],
  ] as const)('halts a run before more than %s %i % of it, whatever anybody sets', (name, most) => {
    expect(limitTable[name].most).toBe(most)
  })
})

describe('a policy that was stored with limits which go further than they may', () => {
  it('makes plans that go as far as they may', async () => {
    const world = worldOf(quiet(1))
    await world.app.sync(by)
    const stored = { ...policy(), limits: { unknown: 100, refused: 99, restored: 20, reading: 1, percent: 3 } }
    const { plan } = await world.app.planFile(stored, by)
    expect(plan.limits).toMatchObject({ unknown: 50, refused: 50, restored: 5, reading: 10, percent: 3 })
  })
})

describe('the limits of an organization', () => {
  it('are changed one by one, and each change is told to the audit log', async () => {
    const { app } = worldOf(quiet(1))
    await app.setLimits({ percent: 3 }, by)
    expect(await app.setLimits({ accounts: 7 }, 'noah')).toEqual({ ...defaultLimits, percent: 3, accounts: 7 })
    expect((await factsOf(app)).map(({ actor, event, details }) => [actor, event, details])).toEqual([
      [by, 'limits-changed', { percent: 3 }],
      ['noah', 'limits-changed', { accounts: 7 }],
    ])
  })

  it('that have changed since refuse a plan', async () => {
    const world = worldOf(quiet(1))
    const { planId, fingerprint } = await planned(world)
    await world.app.setLimits({ percent: 3 }, by)
    const answer = await world.app.approve({ planId, fingerprint }, by)
    expect(answer).toMatchObject({ refusals: [{ code: 'fingerprint-mismatch' }] })
  })

  it.each(['{', '[]', '{"percent":99}', '{"unheard":1}'])('that read %s let nothing run', async (stored) => {
    const world = worldOf(quiet(1))
    const { planId, fingerprint } = await planned(world)
    await world.ports.store.putSetting('limits', stored)
    const answer = await world.app.approve({ planId, fingerprint }, by)
    expect(answer).toMatchObject({ refusals: [{ code: 'fingerprint-mismatch' }] })
    await expect(world.app.planFile(policy(), by)).rejects.toThrow('nothing runs')
    expect(world.directory.calls('apply')).toBe(0)
  })
})
