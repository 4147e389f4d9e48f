import type { App } from '@rollcall/core'
import { expect, it } from 'vitest'
import { by, planned, quiet, worldOf } from '../../../packages/core/test/flow.js'
import { createRounds } from '../src/round.js'

const approvedIn = async (app: App, changes: object): Promise<string> => {
  const { planId, fingerprint } = await planned({ app }, { ...changes })
  const answer = await app.approve({ planId, fingerprint }, by)
  if ('refusals' in answer) throw new Error(answer.refusals.map(({ code }) => code).join())
  return answer.run.runId
}

it('a run that cannot go on is told by its id, and the runs behind it go on', async () => {
  const { app, ports } = worldOf(quiet(2))
  const lost = await approvedIn(app, { limits: { take: 1 } })
  const whole = await approvedIn(app, { limits: { take: 1 } })
  const gone = (await ports.store.run(lost as never))?.planId
  const { plan } = ports.store
  ports.store.plan = async (planId) => (planId === gone ? undefined : plan(planId))
  const told: string[] = []
  await createRounds((sentence) => told.push(sentence))(app)
  expect((await app.executing()).map(({ runId }) => runId)).toEqual([lost])
  expect((await app.runStatus(whole)).status).toBe('finished')
  expect(told).toEqual([expect.stringContaining(lost)])
})
