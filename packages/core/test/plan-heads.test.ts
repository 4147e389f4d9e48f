// Queries that only count a plan's actions read no action: a plan may have tens of thousands.

import { expect, it } from 'vitest'
import { type App, createApp } from '../src/index.js'
import { policy } from '../src/testing/index.js'
import { by, forever, syncAndPlan, inactiveUsers, approveAndRun, worldOf } from './flow.js'

/** A world with a finished, an executing and a waiting run, and an app that records which plans it reads whole. */
async function watchedApp() {
  const world = worldOf(inactiveUsers(30))
  const wide = policy({ limits: { take: 2 } })
  await world.app.importPolicy(wide, by)
  await world.app.sync(by)
  const { plan } = await world.app.planStored(wide.name, by)
  await world.app.enablePolicy(wide.name, by)
  const { runId } = await approveAndRun(world.app, plan)
  const { planId, fingerprint } = await syncAndPlan(world, { limits: { take: 1 } })
  await world.app.approve({ planId, fingerprint }, by)
  const large = await syncAndPlan(world, { name: 'Large' })
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
const queries: Readonly<Record<string, (app: App, runId: string) => Promise<unknown>>> = {
  planList: (app) => app.planList({ limit: 25 }),
  policyCards: (app) => app.policyCards(),
  attention: (app) => app.attention(),
  waiting: (app) => app.waiting(),
  runs: (app) => app.runs(100),
  runList: (app) => app.runList({ limit: 25 }),
  runStatus: (app, runId) => app.runStatus(runId),
  runProgress: (app, runId) => app.runProgress(runId),
}

it.each(Object.entries(queries))('%s reads no plan whole', async (_, query) => {
  const { app, whole, runId } = await watchedApp()
  expect(JSON.stringify(await query(app, runId))).not.toBe('[]')
  expect(whole).toEqual([])
})

it('approving a plan reads only that plan whole', async () => {
  const { app, whole, large } = await watchedApp()
  const response = await app.approve({ planId: large.planId, fingerprint: large.fingerprint }, by)
  expect('refusals' in response).toBe(true)
  expect(new Set(whole)).toEqual(new Set([large.planId]))
})

it('the head of a plan shows the same counts as the plan', async () => {
  const { app, large } = await watchedApp()
  const { waiting, others } = await app.planList({ limit: 25 })
  const counts = new Map([...waiting, ...others].map((line) => [line.planId, [line.accounts, line.what]]))
  for (const { planId, actions } of await app.plans(25))
    expect(counts.get(planId)).toEqual([actions.length, expect.stringContaining('revoke Jira')])
  expect(counts.get(large.planId)?.[0]).toBe(28)
  await app.work((await app.executing())[0]?.runId as never, forever)
  expect((await app.runs(9)).map(({ total }) => total)).toEqual([28, 1, 2])
})
