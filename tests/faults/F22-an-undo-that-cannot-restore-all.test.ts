import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, openWorld, plan, run, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F22: at the seat limit an undo restores as many accounts as there are seats, lists the others, and goes on later', async () => {
  const { plan: made } = await plan(world)
  const done = await run(world, made)
  await world.app.sync(by)
  const jira = world.simulator.organization.workspaces.find(
    ({ host, ari }) => host === 'acme.atlassian.net' && ari.includes('jira-software'),
  )
  const used = world.simulator.organization.tally.seats(jira?.ari ?? '')
  await world.control('workspaces', { ari: jira?.ari, capacity: used + 1 })
  await world.system.wait(61_000)
  await world.app.sync(by)
  const { plan: back } = await world.app.planUndo(done.runId, by)
  expect(back.seats).toMatchObject([{ needed: 3, available: 1 }])
  const first = await run(world, back)
  expect([first.counts.applied, first.counts.failed]).toEqual([1, 2])
  expect(first.results.filter(({ reason = '' }) => /seat|limit/i.test(reason)).length).toBe(2)
  await world.control('workspaces', { ari: jira?.ari, capacity: used + 50 })
  const rest = await run(world, (await world.app.planUndo(done.runId, by)).plan)
  expect([rest.counts.applied, rest.counts.skipped]).toEqual([2, 0])
})

it('F22: in a storm of 429 responses an undo restores every account', async () => {
  const { plan: made } = await plan(world)
  const done = await run(world, made)
  await world.app.sync(by)
  const { plan: back } = await world.app.planUndo(done.runId, by)
  const hits = await world.fault({ kind: 'status', status: 429, times: 12, headers: { 'retry-after': '7' } })
  expect((await run(world, back)).counts.applied).toBe(3)
  expect(await hits()).toBe(12)
})
