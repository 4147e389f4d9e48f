// An admin connects and disconnects on the command line while a server is running.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openDatabase, type OpenDatabase } from '@rollcall/server/connect'
import { openLive, type Live } from '@rollcall/server/live'
import { startSimulator, type Simulator } from '@rollcall/simulator'
import { command, environmentOf, json } from './command.js'
import { openWorld, type World } from './world.js'

let [world, other, database, live] = [] as unknown as [World, Simulator, OpenDatabase, Live]
const bare = { ROLLCALL_ORG_ID: undefined, ROLLCALL_API_KEY: undefined }
const elsewhere = () => ({
  ROLLCALL_ATLASSIAN_URL: other.url,
  ROLLCALL_ORG_ID: other.organization.id,
  ROLLCALL_API_KEY: other.organization.keys.unscoped,
})
const isStopped = async () => (await live.app.overview()).stopped
const masterKey = () => join(world.settings.database, '..', 'master.key')

beforeAll(async () => {
  world = await openWorld({ users: 60 })
  other = await startSimulator({ users: 60, seed: 2, now: new Date().toISOString() })
  await json(world, ['connect'])
  database = await openDatabase(world.settings.database)
})
beforeEach(async () => {
  await command(world, ['connect'])
  live = await openLive(database, { ...environmentOf(world), ...bare }, false)
  await live.app.resume('mia')
})
afterAll(async () => {
  await database.close()
  await world.close()
  await other.close()
})

it('disconnect stops the runs of the server that has the keys in memory, and the server then drops them', async () => {
  await live.app.sync('mia')
  expect(await json(world, ['disconnect'], { env: bare })).toEqual({ connected: false, halted: true })
  expect(await isStopped()).toBe(true)
  await live.renew()
  await expect(live.app.sync('mia')).rejects.toThrow('No organization is connected')
  expect(await live.connection()).toBeNull()
})

it('connecting another organization stops the runs of the server, which then serves that organization', async () => {
  expect(other.organization.id).not.toBe(world.settings.organizationId)
  const { stdout, code } = await command(world, ['connect'], { env: elsewhere() })
  expect([code, stdout]).toEqual([0, expect.stringContaining('stop switch is on')])
  expect(await isStopped()).toBe(true)
  await live.renew()
  expect(await live.connection()).toMatchObject({ organizationId: other.organization.id })
})

it('other keys of the same organization stop nothing, and a key that is not entered stays', async () => {
  const { scoped, unscoped } = world.simulator.organization.keys
  await json(world, ['connect'], { env: { ROLLCALL_ACT_KEY: unscoped } })
  expect(await json(world, ['connect'], { env: { ROLLCALL_API_KEY: scoped } })).toMatchObject({ halted: false })
  expect(await isStopped()).toBe(false)
  const ends = { readKeyEnd: scoped.slice(-4), actKeyEnd: unscoped.slice(-4) }
  expect(await live.connection()).toMatchObject(ends)
})

it('when Atlassian refuses the key for changes, connect stores neither key', async () => {
  const before = await live.connection()
  const env = { ROLLCALL_API_KEY: world.simulator.organization.keys.scoped, ROLLCALL_ACT_KEY: 'opens-nothing' }
  const { code, stderr } = await command(world, ['connect'], { env })
  expect([code, stderr]).toEqual([2, expect.stringContaining('API key for changes was not taken')])
  expect(await live.connection()).toEqual(before)
})

it('connect replaces a stored connection that cannot be decrypted, and stops its runs', async () => {
  writeFileSync(masterKey(), `${'0'.repeat(64)}\n`)
  expect(await json(world, ['connect'])).toMatchObject({ halted: true })
  expect(await isStopped()).toBe(true)
})
