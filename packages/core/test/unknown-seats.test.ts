// Used seats that Atlassian does not count: they are unknown, and stop neither a sync nor an undo.

import { describe, expect, it } from 'vitest'
import { memoryWorld, organization, person, workspace, type MemoryWorld } from '../src/testing/index.js'
import { approveAndRun, by, inactiveUsers, syncAndPlan, activeUsers } from './flow.js'

const unread = ['unexpected-response', 'forbidden', 'not-found', 'unavailable', 'rate-limited', 'conflict'] as const
type Code = (typeof unread)[number] | 'unauthorized'
const world = () =>
  memoryWorld(
    organization([...inactiveUsers(3), ...activeUsers(60)], {
      workspaces: [workspace({ capacity: 70 })],
    }),
  )
const failing = (given: MemoryWorld, code: Code) =>
  given.directory.fail({ operation: 'countSeats', at: 1, times: 9, code })

describe.each(unread)('a count of seats that ends as %s', (code) => {
  it('leaves the free seats of an undo unknown', async () => {
    const given = world()
    const run = await approveAndRun(given.app, await syncAndPlan(given))
    failing(given, code)
    const { plan } = await given.app.planUndo(run.runId, by)
    expect(plan.actions).toHaveLength(3)
    expect(plan.seats).toMatchObject([{ needed: 3, available: null }])
  })

  it('leaves the used seats of a sync unknown', async () => {
    const given = world()
    failing(given, code)
    const { complete, seats } = await given.app.sync(by)
    expect([complete, seats.map(({ used }) => used)]).toEqual([true, [undefined]])
  })
})

it('a refused key still stops a sync and an undo', async () => {
  const given = world()
  const run = await approveAndRun(given.app, await syncAndPlan(given))
  failing(given, 'unauthorized')
  await expect(given.app.planUndo(run.runId, by)).rejects.toMatchObject({ code: 'unauthorized' })
  await expect(given.app.sync(by)).rejects.toMatchObject({ code: 'unauthorized' })
})

it('unknown used seats do not make a first sync without any activity complete', async () => {
  const given = memoryWorld(organization(Array.from({ length: 8 }, (_, n) => person(`p${n}`, { groups: [] }))))
  const list = given.directory.readAccounts
  given.directory.readAccounts = async (...asked) => {
    const page = await list(...asked)
    return { ...page, accounts: page.accounts.map((one) => ({ ...one, products: [], groups: [] })) }
  }
  failing(given, 'unavailable')
  expect((await given.app.sync(by)).complete).toBe(false)
})
