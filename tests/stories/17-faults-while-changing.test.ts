import { describe, expect, it } from 'vitest'
import { by, openWorld, plan, run } from './world.js'

const patience = 180_000

/** Runs a plan for five accounts with a fault in the first change. Returns how it ended and how often each account changed. */
async function runWith(fault: Readonly<Record<string, unknown>>) {
  const world = await openWorld()
  await world.app.setLimits({ unknown: 50, refused: 50 }, by)
  const { plan: made } = await plan(world, { limits: { take: 5, unknown: 50, refused: 50 } })
  await world.control('faults', { match: { method: 'DELETE' }, ...fault })
  const { status, counts } = await run(world, made)
  expect((await world.app.verifyAudit()).ok).toBe(true)
  await world.close()
  return { status, counts, changes: made.actions.map(({ accountId }) => world.truth(accountId)?.history.length) }
}
const counts = (changes: Partial<Record<'applied' | 'failed' | 'unknown', number>>) => ({
  applied: 5,
  skipped: 0,
  failed: 0,
  unknown: 0,
  notAttempted: 0,
  ...changes,
})

// Each waits half a minute before it reads back, so they wait together.
describe.concurrent('a fault while Rollcall changes an account', { timeout: patience }, () => {
  it('Rollcall repeats a change once when Atlassian fails before the effect', async () => {
    const ended = await runWith({ kind: 'status', status: 500, times: 1 })
    expect(ended).toEqual({ status: 'finished', counts: counts({}), changes: [1, 1, 1, 1, 1] })
  })

  it('when Atlassian keeps failing for one account, that account ends unknown and the run continues', async () => {
    const ended = await runWith({ kind: 'status', status: 500, times: 2 })
    expect(ended).toEqual({ status: 'finished', counts: counts({ applied: 4, unknown: 1 }), changes: [0, 1, 1, 1, 1] })
  })

  it('when the response is lost after the effect, Rollcall reads the account back and sends nothing twice', async () => {
    const ended = await runWith({ kind: 'timeout-after-effect', times: 1 })
    expect(ended).toEqual({ status: 'finished', counts: counts({}), changes: [1, 1, 1, 1, 1] })
  })

  it('when the connection breaks before the effect, the account ends unknown, and Rollcall does not repeat the change', async () => {
    const ended = await runWith({ kind: 'reset', times: 1 })
    expect(ended).toEqual({ status: 'finished', counts: counts({ applied: 4, unknown: 1 }), changes: [0, 1, 1, 1, 1] })
  })
})
