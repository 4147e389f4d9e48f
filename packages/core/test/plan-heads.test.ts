// What only counts the actions of plans, or names the first, reads none of them: they may be tens of thousands.

import { expect, it } from 'vitest'
import { type App, createApp } from '../src/index.js'
import { policy } from '../src/testing/index.js'
import { by, forever, planned, quiet, ran, worldOf } from './flow.js'

/** A world in which runs have ended, execute, and wait; and an app that notes which plans it reads whole. */
async function watchedApp() {
  const world = worldOf(quiet(30))
  const wide = policy({ limits: { take: 2 } })
  await world.app.importPolicy(wide, by)
  await world.app.sync(by)
  const { plan } = await world.app.planStored(wide.name, by)
  await world.app.enablePolicy(wide.name, by)
  const { runId } = await ran(world.app, plan)
  const { planId, fingerprint } = await planned(world, { limits: { take: 1 } })
  await world.app.approve({ planId, fingerprint }, by)
  const large = await planned(world, { name: 'Large' })
  await world.app.approve({ planId: large.planId, fingerprint: large.fingerprint }, by)
  const whole: string[] = []
  const { store } = world.ports
  const watched = {
    ...store,
    plan: (id: Parameters<typeof store.plan>[0]) => (whole.push(id), store.plan(id)),
    plans: (limit: number) => (whole.push('all'), store.plans(limit)),
  }
  const ports = { ...world.ports, store: watched }
  const app = createApp(ports, { organizationId: world.organization.organization.id, owner: 'watched' })
  return { app, whole, runId, large }
}
const looks: Readonly<Record<string, (app: App, runId: string) => Promise<unknown>>> = {
  planList: (app) => app.planList({ limit: 25 }),
  policyCards: (app) => app.policyCards(),
  attention: (app) => app.attention(),
  waiting: (app) => app.waiting(),
  runs: (app) => app.runs(100),
  runList: (app) => app.runList({ limit: 25 }),
  runStatus: (app, runId) => app.runStatus(runId),
  runProgress: (app, runId) => app.runProgress(runId),
}

it.each(Object.entries(looks))('%s reads no plan whole', async (_, look) => {
  const { app, whole, runId } = await watchedApp()
  expect(JSON.stringify(await look(app, runId))).not.toBe('[]')
  expect(whole).toEqual([])
})

it('an approval reads its own plan whole, and no other one', async () => {
  const { app, whole, large } = await watchedApp()
  const answer = await app.approve({ planId: large.planId, fingerprint: large.fingerprint }, by)
  expect('refusals' in answer).toBe(true)
  expect(new Set(whole)).toEqual(new Set([large.planId]))
})

it('a plan is counted by its head as by itself', async () => {
  const { app, large } = await watchedApp()
  const { waiting, others } = await app.planList({ limit: 25 })
  const counts = new Map([...waiting, ...others].map((line) => [line.planId, [line.accounts, line.what]]))
  for (const { planId, actions } of await app.plans(25))
    expect(counts.get(planId)).toEqual([actions.length, expect.stringContaining('revoke Jira')])
  expect(counts.get(large.planId)?.[0]).toBe(28)
  await app.work((await app.executing())[0]?.runId as never, forever)
  expect((await app.runs(9)).map(({ total }) => total)).toEqual([28, 1, 2])
})
