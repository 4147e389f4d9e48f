// What enters the chain of the audit log stays for good: core bounds each of its texts, for every caller.

import { expect, it } from 'vitest'
import { type DirectoryErrorCode, DirectoryError } from '../src/index.js'
import { policy } from '../src/testing/index.js'
import { approveAndRun, by, factsOf, fireScheduledPolicy, inactiveUsers, syncAndPlan, worldOf } from './flow.js'

const long = 'x'.repeat(3_000_000)
const odd = 'a\u0000b\u001bc'
const wrong = [
  ['3,000,000 characters', long],
  ['control characters', odd],
] as const

/** All that the chain holds, as text. */
const chain = async (world: ReturnType<typeof worldOf>) => JSON.stringify(await factsOf(world.app))
const control = /\\u00[01]/

it.each(wrong)('a cancel with a reason of %s is refused, and the run stays as it is', async (_what, reason) => {
  const world = worldOf(inactiveUsers(3))
  const { run } = await fireScheduledPolicy(world, { approval: 'required' })
  const before = await chain(world)
  await expect(world.app.cancel(run.runId, by, reason)).rejects.toThrow(/^reason: must/)
  expect((await world.app.runStatus(run.runId)).status).toBe('awaiting-approval')
  expect(await chain(world)).toBe(before)
  expect((await world.app.cancel(run.runId, by, 'x'.repeat(1000))).status).toBe('cancelled')
})

it.each(wrong)('a requester with a name of %s cannot fill the chain', async (_what, who) => {
  const world = worldOf(inactiveUsers(3))
  const plan = await syncAndPlan(world)
  await world.app.stop(who)
  await world.app.resume(who)
  await world.app.discard(plan.planId, who)
  await world.app.protect({ subject: 'inactive-0', reason: 'on leave' }, who)
  const text = await chain(world)
  expect([text.length < 100_000, control.test(text)]).toEqual([true, false])
})

it.each(wrong)('an error message of Atlassian with %s is cut in the results', async (_what, message) => {
  const world = worldOf(inactiveUsers(3))
  const plan = await syncAndPlan(world)
  const code: DirectoryErrorCode = 'conflict'
  const { apply } = world.directory
  Object.assign(world.ports.directory, {
    apply: async (...given: Parameters<typeof apply>) => {
      await given[1]()
      throw new DirectoryError(code, message, { effect: 'none' })
    },
  })
  await approveAndRun(world.app, plan)
  const results = (await factsOf(world.app)).filter(({ event }) => event === 'result')
  expect(results.length).toBeGreaterThan(0)
  for (const { reason = '' } of results)
    expect([reason.length <= 1000, control.test(JSON.stringify(reason))]).toEqual([true, false])
  expect((await world.app.verifyAudit()).ok).toBe(true)
})

it.each(wrong)('a policy with a name of %s is refused', async (_what, name) => {
  const world = worldOf(inactiveUsers(3))
  await expect(world.app.importPolicy({ ...policy(), name }, by)).rejects.toThrow(/^name: must/)
})
