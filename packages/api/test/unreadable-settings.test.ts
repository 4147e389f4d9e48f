// Unreadable settings: the page that shows limits or non-working days can repair them. Until then nothing runs.

import { defaultLimits, defaultNonWorkingDays } from '@rollcall/core'
import { memoryWorld, organization, person, policy } from '@rollcall/core/testing'
import { expect, it } from 'vitest'
import { operations, type OperationName } from '../src/index.js'

async function open(setting: string, stored: string) {
  const world = memoryWorld(organization([person('ann')]))
  await world.app.sync('mia')
  await world.ports.store.putSetting(setting, stored)
  const caller = { app: world.app, by: 'mia', wake: () => undefined, now: () => world.app.now() }
  const request = async (name: OperationName, body: unknown = {}) => {
    const result = await operations[name].act({ params: {}, query: {}, body }, caller)
    return operations[name].response.parse('value' in result ? result.value : undefined)
  }
  return { ...world, request }
}

it.each(['{', '[]', '{"percent":99}', '{"unheard":1}'])(
  'shows the default limits when the stored limits are %s, and can replace them',
  async (text) => {
    const { app, request } = await open('limits', text)
    const listed = (await request('listLimits')) as { limits: { name: string; value: number }[] }
    expect(listed).toMatchObject({ unreadable: expect.stringContaining('cannot read the limits in the database') })
    const shown = Object.fromEntries(listed.limits.map(({ name, value }) => [name, value]))
    expect(shown).toEqual(defaultLimits)
    await expect(app.planFile(policy(), 'mia')).rejects.toThrow('nothing runs')
    await request('setLimits', { ...shown, percent: 3 })
    expect(await request('listLimits')).toMatchObject({ unreadable: null })
    expect(await app.limits()).toEqual({ ...defaultLimits, percent: 3 })
    expect((await app.planFile(policy(), 'mia')).plan.limits.percent).toBe(3)
  },
)

it.each(['{', '[]', '{"weekdays":["caturday"],"holidays":[]}'])(
  'shows the default non-working days when the stored ones are %s, and can replace them',
  async (text) => {
    const { app, request } = await open('rest-days', text)
    const unreadable = expect.stringContaining('cannot read the non-working days, so no policy runs on its schedule')
    expect(await request('listNonWorkingDays')).toEqual({ ...defaultNonWorkingDays, unreadable })
    await expect(app.nonWorkingDays()).rejects.toThrow('cannot read the non-working days')
    const wanted = { weekdays: ['friday', 'saturday'], holidays: ['2026-12-25'] }
    await request('setNonWorkingDays', wanted)
    expect(await request('listNonWorkingDays')).toEqual({ ...wanted, unreadable: null })
    expect(await app.nonWorkingDays()).toEqual(wanted)
  },
)

it('shows readable settings unchanged', async () => {
  const { request } = await open('limits', '{"percent":2}')
  expect(await request('listLimits')).toMatchObject({
    unreadable: null,
    limits: expect.arrayContaining([expect.objectContaining({ name: 'percent', value: 2 })]) as unknown,
  })
  expect(await request('listNonWorkingDays')).toEqual({ ...defaultNonWorkingDays, unreadable: null })
})
