// Two admins who change the same thing at the same time: no change disappears without a word, and the log says which holds.

import { expect, it } from 'vitest'
import { type App, day, UsageError } from '../src/index.js'
import { factsOf, inactiveUsers, worldOf } from './flow.js'

const lost = /^Somebody else changed .+ at the same time\. Look at it again\.$/
const subject = 'inactive-0'

const changes: readonly [string, (app: App, by: string) => Promise<unknown>, (app: App) => Promise<unknown>][] = [
  [
    'the non-working days',
    (app, by) =>
      app.setNonWorkingDays({ weekdays: ['sunday'], holidays: [by === 'mia' ? '2026-12-24' : '2026-12-31'] }, by),
    (app) => app.nonWorkingDays(),
  ],
  [
    'the retention of the audit log',
    (app, by) => app.setRetention(by === 'mia' ? 500 : 600, by),
    (app) => app.retention(),
  ],
  [
    'a new protection',
    (app, by) => app.protect({ subject, reason: `${by} knows why` }, by),
    async (app) => (await app.protections())[0],
  ],
]

it.each(changes)('who set %s: the later one is refused, and the log says so', async (_what, change, read) => {
  const world = worldOf(inactiveUsers(2))
  await world.app.sync('mia')
  const admins = ['mia', 'ann'] as const
  const done = await Promise.allSettled(admins.map((by) => change(world.process().app, by)))
  const winners = done.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const refused = done.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  expect([winners.length, refused.length]).toEqual([1, 1])
  expect(refused[0]).toBeInstanceOf(UsageError)
  expect((refused[0] as UsageError).message).toMatch(lost)
  expect(await read(world.app)).toEqual(winners[0])
  const loser = admins[done.findIndex((one) => one.status === 'rejected')]
  const notSaved = (await factsOf(world.app)).filter(({ event }) => event === 'change-not-saved')
  expect(notSaved).toMatchObject([{ actor: loser }])
})

it('who change one protection: one change holds, and the other admin is told', async () => {
  const world = worldOf(inactiveUsers(2))
  await world.app.sync('mia')
  await world.app.protect({ subject, reason: 'first', until: world.system.now() + 20 * day }, 'mia')
  const [one, two] = [world.process().app, world.process().app]
  const [mia, ann] = await Promise.allSettled([
    one.protect({ subject, reason: 'for good' }, 'mia'),
    two.protectSeveral([subject], { reason: 'for longer', until: world.system.now() + 90 * day }, 'ann'),
  ])
  const told = [
    ...(mia.status === 'rejected' ? [String(mia.reason.message)] : []),
    ...(ann.status === 'fulfilled' ? ann.value.problems.map(({ message }) => message) : []),
  ]
  expect(told).toEqual([expect.stringMatching(lost)])
  const [entry] = await world.app.protections()
  expect(entry?.reason).toBe(mia.status === 'fulfilled' ? 'for good' : 'for longer')
})

it('of whom one removes a protection that the other changes: one of them is told', async () => {
  const world = worldOf(inactiveUsers(2))
  await world.app.sync('mia')
  await world.app.protect({ subject, reason: 'first' }, 'mia')
  const [changed, removed] = await Promise.allSettled([
    world.process().app.protect({ subject, reason: 'for good' }, 'mia'),
    world.process().app.unprotect(subject, 'ann'),
  ])
  expect([changed.status, removed.status].toSorted()).toEqual(['fulfilled', 'rejected'])
  const reasons = (await world.app.protections()).map(({ reason }) => reason)
  expect(reasons).toEqual(changed.status === 'fulfilled' ? ['for good'] : [])
})

it('who remove one protection both succeed', async () => {
  const world = worldOf(inactiveUsers(2))
  await world.app.sync('mia')
  await world.app.protect({ subject, reason: 'first' }, 'mia')
  await Promise.all(['mia', 'ann'].map((by) => world.process().app.unprotect(subject, by)))
  expect(await world.app.protections()).toEqual([])
})
