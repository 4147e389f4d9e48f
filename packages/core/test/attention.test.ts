// Attention items: each says what a person can still do, and disappears when nothing is left to do.

import { describe, expect, it } from 'vitest'
import { hour, minute, type PlanId, type Run, type RunId, type Step } from '../src/index.js'
import { plan, run, step, testNow } from '../src/testing/index.js'
import { by, syncAndPlan, inactiveUsers, worldOf } from './flow.js'

const messagesIn = async ({ app }: ReturnType<typeof worldOf>) =>
  (await app.attention()).filter(({ kind }) => kind !== 'data').map(({ message }) => message)

describe('a plan that waits', () => {
  it('needs approval until it is too old, and then asks to be discarded', async () => {
    const world = worldOf(inactiveUsers(1))
    const { planId } = await syncAndPlan(world, { name: 'Weekly', limits: { planAge: 2 } })
    await world.ports.store.insertRun(run('r', planId, { status: 'awaiting-approval' }))
    world.system.advance(2 * hour)
    expect(await messagesIn(world)).toEqual(['"Weekly" for 1 account needs approval.'])
    world.system.advance(1)
    expect(await messagesIn(world)).toEqual(['"Weekly" for 1 account is too old to approve: discard it.'])
  })

  it('also names the safety checks that block it', async () => {
    const world = worldOf(inactiveUsers(30))
    const { planId, fingerprint } = await syncAndPlan(world, { name: 'Weekly', limits: { planAge: 2 } })
    await world.app.approve({ planId, fingerprint }, by)
    expect((await messagesIn(world))[0]).toMatch(
      /^"Weekly" for 30 accounts is blocked\. The plan changes 30 of 92 accounts .* 2 more checks failed\.$/,
    )
    world.system.advance(3 * hour)
    expect((await messagesIn(world))[0]).toMatch(/is blocked and is too old to approve: discard it\.$/)
  })
})

interface RunFixture extends Partial<Pick<Run, 'status' | 'undoOf'>> {
  readonly policy?: string
  readonly state?: Step['state']
}

/** Starts the runs one after another, and returns what needs attention. */
async function attentionFor(runs: Readonly<Record<string, RunFixture>>) {
  const { app, ports } = worldOf([])
  const lease = (await ports.store.claimLease(by, testNow, testNow + hour)) ?? expect.fail('no lease')
  for (const [n, [id, { policy = 'Weekly', state = 'applied', ...changes }]] of Object.entries(runs).entries()) {
    const planId = `plan-${id}` as PlanId
    await ports.store.putPlan(plan({ planId, policy }))
    const own = { status: 'finished' as const, policy, startedAt: testNow + n * minute, ...changes }
    await ports.store.insertRun(run(id, planId, own))
    await ports.store.putStep(step(id, 0, { state }), lease)
  }
  return app.attention()
}
const runsInTrouble = async (runs: Readonly<Record<string, RunFixture>>) =>
  (await attentionFor(runs)).flatMap(({ runId }) => runId ?? [])
const failed = { state: 'failed' } as const
const stopped = { status: 'stopped' } as const
const undoOf = (runId: string) => ({ undoOf: runId as RunId })

describe('a failed or stopped run', () => {
  it('carries the remedy of the refusal that stopped it', async () => {
    const { app, ports } = worldOf([])
    const stoppedBy = { code: 'stopped', message: 'Rollcall is stopped.', actual: null, limit: null } as const
    await ports.store.putPlan(plan({ planId: 'plan-a' as PlanId }))
    await ports.store.insertRun(run('a', 'plan-a' as PlanId, { status: 'stopped', stoppedBy }))
    expect((await app.attention()).map(({ runId, remedy }) => [runId, remedy])).toEqual([['a', 'resume']])
  })

  it.each([
    ['failed', 'The run of "Weekly" ended with 1 failure.'],
    ['unknown', 'The run of "Weekly" ended with 1 unknown result.'],
  ] as const)('counts only the results that it has: %s', async (state, message) => {
    expect(await attentionFor({ a: { state } })).toMatchObject([{ message }])
  })

  it.each<[string, Readonly<Record<string, RunFixture>>, readonly string[]]>([
    ['needs attention while no later run follows it', { a: failed, b: { policy: 'Another' } }, ['a']],
    ['needs no attention after a newer run of its policy finished everything', { a: failed, b: stopped, c: {} }, []],
    ['needs attention together with a newer run that failed too', { a: failed, b: failed }, ['b', 'a']],
    ['needs attention when only an older run finished everything', { a: {}, b: failed }, ['b']],
    ['needs no attention after it was undone', { a: failed, b: undoOf('a') }, []],
    [
      'still needs attention when another run of its policy was undone',
      { a: failed, b: {}, c: failed, d: undoOf('b') },
      ['c'],
    ],
    [
      'needs attention, and so does its undo, while the undo is stopped',
      { a: failed, b: { ...undoOf('a'), ...stopped } },
      ['b', 'a'],
    ],
    ['is replaced by its undo when the undo failed', { a: failed, b: { ...undoOf('a'), ...failed } }, ['b']],
    [
      'needs no attention after a second undo succeeded where the first failed',
      { a: failed, b: { ...undoOf('a'), ...failed }, c: undoOf('a') },
      [],
    ],
  ])('%s', async (_what, runs, named) => {
    expect(await runsInTrouble(runs)).toEqual(named)
  })
})
