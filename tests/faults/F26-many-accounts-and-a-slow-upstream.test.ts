import { expect, it } from 'vitest'
import { by, openWorld } from './world.js'

it('F26: an interrupted sync of many accounts resumes at its cursor, and never keeps all pages in memory at once', async () => {
  const world = await openWorld({ users: 4000 })
  try {
    const hits = await world.fault({
      kind: 'status',
      status: 503,
      skip: 25,
      times: 6,
      match: { path: '/users/search' },
    })
    await expect(world.app.sync(by)).rejects.toThrow()
    expect(await hits()).toBeGreaterThan(4)
    await world.control('faults', undefined, 'DELETE')
    const pages = await world.fault({ kind: 'delay', delayMs: 20, times: -1, match: { path: '/users/search' } })
    const snapshot = await world.app.sync(by)
    expect([snapshot.complete, snapshot.accounts]).toEqual([true, snapshot.expected])
    // Forty pages in all: Rollcall does not read the stored ones again.
    expect(await pages()).toBeLessThan(40)
  } finally {
    await world.close()
  }
})
