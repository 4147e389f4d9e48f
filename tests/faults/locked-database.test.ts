// Another process keeps the database locked: the stop switch works at once, and nothing else waits.

import Database from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { by, openWorld, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('stops within two seconds while the database is locked; log and database follow', async () => {
  world = await openWorld()
  const { app, ports } = world
  const other = await world.process()
  const lock = new Database(world.file)
  lock.exec('begin immediate')
  const began = performance.now()
  const stopped = app.stop(by)
  // Reads and timers go on meanwhile.
  const asked = performance.now()
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect((await app.overview()).stopped).toBe(true)
  expect(performance.now() - asked).toBeLessThan(1000)
  expect(await stopped).toEqual({ entryFollows: true })
  expect(performance.now() - began).toBeLessThan(2000)
  expect((await other.app.overview()).stopped).toBe(true)
  lock.exec('rollback')
  lock.close()
  await expect.poll(() => ports.store.setting('stopped'), { timeout: 4000 }).toMatch(/^yes /)
  const logged = async () => (await ports.auditLog.read(0, 100)).filter(({ fact }) => fact.event === 'stopped').length
  expect(await logged()).toBe(1)
  await app.resume(by)
  expect((await other.app.overview()).stopped).toBe(false)
})

it('a stop in one process counts in the others, and its entry is there when it returns', async () => {
  world = await openWorld()
  const other = await world.process()
  expect(await world.app.stop(by)).toEqual({ entryFollows: false })
  expect((await other.app.overview()).stopped).toBe(true)
  await other.app.resume(by)
  expect((await world.app.overview()).stopped).toBe(false)
})
