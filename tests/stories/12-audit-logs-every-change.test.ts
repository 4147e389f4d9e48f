import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('the audit log has an intent before and a result after each change, and its chain verifies', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  await run(world, made)
  const facts = []
  for await (const { fact } of world.app.audit()) facts.push(fact)
  for (const { accountId } of made.actions)
    expect(facts.filter(({ subject }) => subject === accountId).map(({ event, outcome }) => [event, outcome])).toEqual([
      ['intent', undefined],
      ['result', 'applied'],
    ])
  expect(facts.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['synchronized', 'planned', 'approved', 'run-finished']),
  )
  expect((await world.app.verifyAudit()).ok).toBe(true)
})
