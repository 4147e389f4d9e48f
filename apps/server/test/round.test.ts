import type { App } from '@rollcall/core'
import { expect, it } from 'vitest'
import { by, syncAndPlan, inactiveUsers, worldOf } from '../../../packages/core/test/flow.js'
import { round } from '../src/round.js'

const approvedIn = async (app: App, changes: object): Promise<string> => {
  const { planId, fingerprint } = await syncAndPlan({ app }, { ...changes })
  const approved = await app.approve({ planId, fingerprint }, by)
  if ('refusals' in approved) throw new Error(approved.refusals.map(({ code }) => code).join())
  return approved.run.runId
}

it('logs the id of a run that cannot continue, and continues the other runs', async () => {
  const { app, ports } = worldOf(inactiveUsers(2))
  const lost = await approvedIn(app, { limits: { take: 1 } })
  const whole = await approvedIn(app, { limits: { take: 1 } })
  const gone = (await ports.store.run(lost as never))?.planId
  const { plan } = ports.store
  ports.store.plan = async (planId) => (planId === gone ? undefined : plan(planId))
  const logged: string[] = []
  await round(app, (sentence) => logged.push(sentence))
  expect((await app.executing()).map(({ runId }) => runId)).toEqual([lost])
  expect((await app.runStatus(whole)).status).toBe('finished')
  expect(logged).toEqual([expect.stringContaining(lost)])
})
