import { afterEach, expect, it } from 'vitest'
import type { App } from '@rollcall/core'
import { connect } from '@rollcall/server/connect'
import { by, openWorld, policy, type World } from './world.js'

let world: World
let other: Awaited<ReturnType<typeof connect>>
afterEach(async () => {
  await other.close()
  await world.close()
})

const forever = { until: Number.MAX_SAFE_INTEGER }
const seats = { 'inactive-for': '90d' }

async function openTwo(): Promise<readonly [App, App]> {
  world = await openWorld()
  other = await connect(world.settings)
  await world.app.sync(by)
  return [world.app, other.app]
}

it('plans that two processes approve at the same time stay within the weekly budget together', async () => {
  const [here, there] = await openTwo()
  const plans = []
  for (const name of ['One', 'Two', 'Three', 'Four', 'Five'])
    plans.push((await here.planFile(policy({ name, conditions: seats, limits: { take: 8 } }), by)).plan)
  const budget = Math.floor((plans[0]?.population ?? 0) / 10)
  expect(plans.every(({ actions }) => actions.length === 8)).toBe(true)
  expect(plans.length * 8).toBeGreaterThan(budget)
  const approvals = await Promise.all(
    plans.map(({ planId, fingerprint }, n) => (n % 2 ? here : there).approve({ planId, fingerprint }, by)),
  )
  const refused = approvals.flatMap((approval) =>
    'refusals' in approval ? approval.refusals.map(({ code }) => code) : [],
  )
  expect(new Set(refused)).toEqual(new Set(['over-budget']))
  const executing = await here.executing()
  expect(executing.length).toBe(plans.length - refused.length)
  expect(executing.length).toBeGreaterThan(0)
  expect(executing.length * 8).toBeLessThanOrEqual(budget)
  for (const { runId } of executing) await there.work(runId, forever)
  expect(new Set(await world.writes()).size).toBeLessThanOrEqual(budget)
})
