import { afterEach, expect, it } from 'vitest'
import { by, openWorld, plan, policy, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('a plan never includes a protected account, an admin or a service account', async () => {
  world = await openWorld()
  const { plan: before } = await plan(world)
  const subject = before.actions[0]?.accountId ?? ''
  await world.app.protect({ subject, reason: 'on leave' }, 'mia')
  const { plan: after } = await plan(world, { limits: {} })
  const planned = after.actions.map(({ accountId }) => world.truth(accountId))
  expect(after.actions.some(({ accountId }) => accountId === subject)).toBe(false)
  expect(planned.filter((account) => (account?.orgRoles.size ?? 0) > 0 || account?.email.startsWith('svc-'))).toEqual(
    [],
  )
  expect(after.excluded.reasons).toContainEqual({ code: 'protected', text: 'protected list', accounts: 1 })
  const { people } = await world.app.planAccounts(after.planId, { part: 'excluded', reason: 'protected', limit: 5 })
  expect(people).toMatchObject([{ accountId: subject, reason: `protected list (${subject}: on leave)` }])
})

it('the guard refuses a plan that was made before the protected list changed', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  await world.app.protect({ subject: 'group:team-design', reason: 'audit' }, 'mia')
  const { refusals } = await world.app.showPlan(made.planId)
  expect(refusals.map(({ code }) => code)).toContain('fingerprint-mismatch')
})

it('a plan never includes its requester, however long that account has been inactive', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  const requester = made.actions[0]?.accountId
  if (requester === undefined) throw new Error('the plan is empty')
  const { app, close } = await world.requestedBy(requester)
  const { plan: own } = await app.planFile(policy(), by)
  await close()
  expect(own.actions.some(({ accountId }) => accountId === requester)).toBe(false)
  expect(own.excluded.reasons).toContainEqual({ code: 'requester', text: 'is the requester', accounts: 1 })
})
