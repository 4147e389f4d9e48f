import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
afterEach(() => world.close())
const patience = 180_000

/** Runs a plan for five accounts while a fault strikes the first change; says how it ended and how often each was changed. */
async function runWith(fault: Readonly<Record<string, unknown>>) {
  world = await openWorld()
  const { plan: made } = await plan(world, { limits: { take: 5, unknown: 50, refused: 50 } })
  await world.control('faults', { match: { method: 'DELETE' }, ...fault })
  const { status, counts } = await run(world, made)
  expect((await world.app.verifyAudit()).ok).toBe(true)
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

it(
  'an error of Atlassian before the effect is tried once more',
  async () => {
    const ended = await runWith({ kind: 'status', status: 500, times: 1 })
    expect(ended).toEqual({ status: 'finished', counts: counts({}), changes: [1, 1, 1, 1, 1] })
  },
  patience,
)

it(
  'an error of Atlassian that stays makes one account fail, and the run goes on',
  async () => {
    const ended = await runWith({ kind: 'status', status: 500, times: 2 })
    expect(ended).toEqual({ status: 'finished', counts: counts({ applied: 4, failed: 1 }), changes: [0, 1, 1, 1, 1] })
  },
  patience,
)

it(
  'an answer that is lost after the effect is found by reading back, and nothing is sent twice',
  async () => {
    const ended = await runWith({ kind: 'timeout-after-effect', times: 1 })
    expect(ended).toEqual({ status: 'finished', counts: counts({}), changes: [1, 1, 1, 1, 1] })
  },
  patience,
)

it(
  'a connection that breaks before the effect leaves an unknown, which is never sent again by itself',
  async () => {
    const ended = await runWith({ kind: 'reset', times: 1 })
    expect(ended).toEqual({ status: 'finished', counts: counts({ applied: 4, unknown: 1 }), changes: [0, 1, 1, 1, 1] })
  },
  patience,
)
