// One sync at a time: calls during a sync join it, in the same process and in another one.

import { expect, it } from 'vitest'
import { inactiveUsers, by, worldOf } from './flow.js'

const syncsOf = async ({ app }: ReturnType<typeof worldOf>) => {
  const found = []
  for await (const { fact } of app.audit()) if (fact.event === 'synchronized') found.push(fact)
  return found
}

it('syncs of one process at the same time are one', async () => {
  const world = worldOf(inactiveUsers(30))
  const alone = worldOf(inactiveUsers(30))
  await alone.app.sync(by)
  const seen: number[] = []
  const all = await Promise.all([1, 2, 3, 4].map(() => world.app.sync(by, ({ accounts }) => void seen.push(accounts))))
  expect(new Set(all.map(({ id }) => id)).size).toBe(1)
  expect((await syncsOf(world)).length).toBe(1)
  expect(seen.length).toBeGreaterThanOrEqual(4)
  expect(world.ports.directory.requests()).toBe(alone.ports.directory.requests())
  expect((await world.app.sync(by)).id).not.toBe(all[0]?.id)
})

it('a sync during the sync of another process waits for its snapshot', async () => {
  const world = worldOf(inactiveUsers(30))
  const other = world.process(undefined, { owner: 'other' })
  const [mine, theirs] = await Promise.all([world.app.sync(by), other.app.sync(by)])
  expect(theirs.id).toBe(mine.id)
  expect((await syncsOf(world)).length).toBe(1)
})

it('a sync that failed does not keep others from syncing', async () => {
  const world = worldOf(inactiveUsers(3))
  const { readAccounts } = world.ports.directory
  Object.assign(world.ports.directory, { readAccounts: () => Promise.reject(new Error('gone')) })
  const failed = await Promise.allSettled([world.app.sync(by), world.app.sync(by)])
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  Object.assign(world.ports.directory, { readAccounts })
  const before = world.system.waited()
  expect((await world.app.sync(by)).complete).toBe(true)
  expect(world.system.waited()).toBe(before)
})

it('a sync of a process that has died is taken over within a minute', async () => {
  const world = worldOf(inactiveUsers(3))
  await world.ports.store.putSetting('syncing', `${world.system.now() + 30_000} another`)
  const before = world.system.waited()
  expect((await world.app.sync(by)).complete).toBe(true)
  expect(world.system.waited() - before).toBeLessThanOrEqual(60_000)
})
