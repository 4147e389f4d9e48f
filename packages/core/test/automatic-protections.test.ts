// Automatic protections: listed in pages, and counted once for each snapshot.

import { expect, it } from 'vitest'
import { minute } from '../src/index.js'
import { person } from '../src/testing/index.js'
import { by, worldOf } from './flow.js'

it('lists every automatic protection exactly once, in pages that are never empty', async () => {
  // Every 50th account is a bot, so that pages begin and end both inside a scanned block and at its edges.
  const people = Array.from({ length: 2500 }, (_, n) => person(`p${String(n).padStart(4, '0')}`, { inactiveDays: 1 }))
  const bots = people.map((one, n) => (n % 50 === 0 || n === 999 ? { ...one, name: `Bot ${n}` } : one))
  const world = worldOf(bots)
  await world.app.sync(by)
  const all = ['admin-1', 'admin-2', ...bots.filter(({ name }) => name.startsWith('Bot')).map((one) => one.accountId)]
  for (const limit of [1, 7, 53, 54, 100]) {
    const seen: string[] = []
    for (let after: string | undefined; ;) {
      const { total, accounts, next } = await world.app.automaticProtections({ limit, ...(after ? { after } : {}) })
      expect([total, accounts.length > 0]).toEqual([all.length, true])
      seen.push(...accounts.map(({ accountId: id }) => id))
      if (next === null) break
      after = next
    }
    expect(seen).toEqual(all)
  }
  const found = await world.app.automaticProtections({ search: 'bot 100', limit: 3 })
  expect(found.accounts.map(({ name }) => name)).toEqual(['Bot 100', 'Bot 1000'])
  expect([found.total, found.next]).toEqual([all.length, null])
})

it('counts automatic protections again for the next snapshot', async () => {
  const world = worldOf([person('bot', { name: 'Jenkins Bot' })])
  await world.app.sync(by)
  expect((await world.app.automaticProtections({ limit: 1 })).total).toBe(3)
  world.organization.people.delete('bot' as never)
  world.system.advance(minute)
  await world.app.sync(by)
  expect((await world.app.automaticProtections({ limit: 1 })).total).toBe(2)
})
