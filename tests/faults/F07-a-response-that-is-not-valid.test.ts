import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, openWorld, plan, policy, run, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it.each(['html', 'cut', 'reset', 'unknown-enum', 'null-fields'])(
  'F7: %s during a sync makes no account inactive',
  async (kind) => {
    const hits = await world.fault({ kind, times: kind === 'reset' ? 9 : 1, match: { path: '/users/search' } })
    const synced = await world.app.sync(by).catch((error: unknown) => error as Error)
    expect(await hits()).toBeGreaterThan(0)
    if (synced instanceof Error) {
      expect(synced.name).toBe('DirectoryError')
      await expect(world.app.planFile(policy(), by)).rejects.toThrow('no snapshot')
      return
    }
    const { plan: made } = await world.app.planFile(policy({ limits: { percent: 20 } }), by)
    for (const { accountId } of made.actions)
      expect(Math.max(...(world.truth(accountId)?.lastActive.values() ?? [0]))).toBeLessThan(
        world.system.now() - 90 * 86_400_000,
      )
  },
)

it('F7: an HTML page just before the change excludes the account', async () => {
  const { plan: made } = await plan(world)
  const hits = await world.fault({ kind: 'html', times: 1, match: { path: '/users/search' } })
  const ended = await run(world, made)
  expect([await hits(), ended.counts.applied, ended.counts.failed]).toEqual([1, 2, 1])
  expect((await world.writes()).length).toBe(2)
})

it('F7: Rollcall repeats a request whose response is cut off', async () => {
  const { plan: made } = await plan(world)
  const hits = await world.fault({ kind: 'cut', times: 1, match: { path: '/users/search' } })
  expect((await run(world, made)).counts.applied).toBe(3)
  expect(await hits()).toBe(1)
})
