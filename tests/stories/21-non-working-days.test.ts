import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHttpApp } from '@rollcall/server/http'
import { command, json } from './command.js'
import { openWorld, type World } from './world.js'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await json(world, ['sync'])
})
afterAll(() => world.close())

const standard = { weekdays: ['saturday', 'sunday'], holidays: [] }

it('non-working-days shows the days; set replaces what is given and keeps the others', async () => {
  expect(await json(world, ['non-working-days'])).toEqual(standard)
  const holidays = ['--holidays', '2026-12-26,2026-12-25']
  const christmas = { ...standard, holidays: ['2026-12-25', '2026-12-26'] }
  expect(await json(world, ['non-working-days', 'set', ...holidays])).toEqual(christmas)
  expect(await json(world, ['non-working-days', 'set', '--weekdays', 'Friday, saturday'])).toEqual({
    ...christmas,
    weekdays: ['friday', 'saturday'],
  })
  expect((await command(world, ['non-working-days'])).stdout).toContain('friday, saturday')
  const both = ['--weekdays', 'saturday,sunday', '--holidays', 'none']
  expect(await json(world, ['non-working-days', 'set', ...both])).toEqual(standard)
})

it('non-working-days set refuses an invalid weekday or date, and changes nothing', async () => {
  for (const given of [
    ['--weekdays', 'caturday'],
    ['--holidays', '2026-02-30'],
    ['--weekdays', 'monday,tuesday,wednesday,thursday,friday,saturday,sunday'],
  ]) {
    const { code, stdout, stderr } = await command(world, ['non-working-days', 'set', ...given])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/weekdays|holidays/)
  }
  expect(await json(world, ['non-working-days'])).toEqual(standard)
})

it('GET and PUT /api/rest-days do the same, and the audit log has the actor', async () => {
  const http = createHttpApp({ app: world.app, port: () => 3000, pages: '.', wake: () => undefined })
  const ask = async (method: string, body?: unknown) => {
    const response = await http.request('http://127.0.0.1:3000/api/rest-days', {
      method,
      headers: { host: '127.0.0.1:3000', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return [response.status, await response.json()]
  }
  const given = { weekdays: ['sunday'], holidays: ['2027-01-01'] }
  expect(await ask('PUT', given)).toEqual([200, given])
  expect(await ask('GET')).toEqual([200, given])
  expect((await ask('PUT', { ...given, weekdays: ['caturday'] }))[0]).toBe(400)
  expect(await ask('GET')).toEqual([200, given])
  const head = await world.app.auditHead()
  expect(head?.fact).toMatchObject({ event: 'rest-days-changed', actor: 'local http', details: given })
})

it('when the stored days cannot be read, the command says so, and setting all of them repairs it', async () => {
  const { openDatabase } = await import('@rollcall/server/connect')
  const database = await openDatabase(world.settings.database)
  await database.store.putSetting('rest-days', 'gone')
  await database.close()
  const { code, stderr } = await command(world, ['non-working-days'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('no policy runs on its schedule')])
  expect((await command(world, ['non-working-days', 'set', '--holidays', 'none'])).code).toBe(2)
  const both = ['--weekdays', 'saturday,sunday', '--holidays', 'none']
  expect(await json(world, ['non-working-days', 'set', ...both])).toEqual(standard)
})
