// Limits and rest days that cannot be read are mended by the page that shows them; nothing runs before.

import { defaultLimits, defaultNonWorkingDays } from '@rollcall/core'
import { memoryWorld, organization, person, policy } from '@rollcall/core/testing'
import { expect, it } from 'vitest'
import { operations, type OperationName } from '../src/index.js'

async function open(setting: string, stored: string) {
  const world = memoryWorld(organization([person('ann')]))
  await world.app.sync('mia')
  await world.ports.store.putSetting(setting, stored)
  const caller = { app: world.app, by: 'mia', wake: () => undefined, now: () => world.app.now() }
  const ask = async (name: OperationName, body: unknown = {}) => {
    const result = await operations[name].act({ params: {}, query: {}, body }, caller)
    return operations[name].response.parse('value' in result ? result.value : undefined)
  }
  return { ...world, ask }
}

it.each(['{', '[]', '{"percent":99}', '{"unheard":1}'])(
  'limits that read %s are shown as usual, and set',
  async (text) => {
    const { app, ask } = await open('limits', text)
    const listed = (await ask('listLimits')) as { limits: { name: string; value: number }[] }
    expect(listed).toMatchObject({ unreadable: expect.stringContaining('cannot read the limits in the database') })
    const shown = Object.fromEntries(listed.limits.map(({ name, value }) => [name, value]))
    expect(shown).toEqual(defaultLimits)
    await expect(app.planFile(policy(), 'mia')).rejects.toThrow('nothing runs')
    await ask('setLimits', { ...shown, percent: 3 })
    expect(await ask('listLimits')).toMatchObject({ unreadable: null })
    expect(await app.limits()).toEqual({ ...defaultLimits, percent: 3 })
    expect((await app.planFile(policy(), 'mia')).plan.limits.percent).toBe(policy().limits.percent ?? 3)
  },
)

it.each(['{', '[]', '{"weekdays":["caturday"],"holidays":[]}'])(
  'rest days that read %s are shown as usual, and set',
  async (text) => {
    const { app, ask } = await open('rest-days', text)
    const unreadable = expect.stringContaining('cannot read the non-working days, so no policy runs on its schedule')
    expect(await ask('listNonWorkingDays')).toEqual({ ...defaultNonWorkingDays, unreadable })
    await expect(app.restDays()).rejects.toThrow('cannot read the non-working days')
    const wanted = { weekdays: ['friday', 'saturday'], holidays: ['2026-12-25'] }
    await ask('setNonWorkingDays', wanted)
    expect(await ask('listNonWorkingDays')).toEqual({ ...wanted, unreadable: null })
    expect(await app.restDays()).toEqual(wanted)
  },
)

it('what can be read is told as it is', async () => {
  const { ask } = await open('limits', '{"percent":2}')
  expect(await ask('listLimits')).toMatchObject({
    unreadable: null,
    limits: expect.arrayContaining([expect.objectContaining({ name: 'percent', value: 2 })]) as unknown,
  })
  expect(await ask('listNonWorkingDays')).toEqual({ ...defaultNonWorkingDays, unreadable: null })
})
