// What needs a person says what they can still do, and is silent once there is nothing left to be done.

import { describe, expect, it } from 'vitest'
import { hour, minute, type PlanId, type Run, type RunId, type Step } from '../src/index.js'
import { plan, run, step, testNow } from '../src/testing/index.js'
import { by, planned, quiet, worldOf } from './flow.js'

const said = async ({ app }: ReturnType<typeof worldOf>) =>
  (await app.attention()).filter(({ kind }) => kind !== 'data').map(({ message }) => message)

describe('a plan that waits', () => {
  it('needs approval until it is too old for that, and is to be discarded then', async () => {
    const world = worldOf(quiet(1))
    const { planId } = await planned(world, { name: 'Weekly', limits: { planAge: 2 } })
    await world.ports.store.insertRun(run('r', planId, { status: 'awaiting-approval' }))
    world.system.advance(2 * hour)
    expect(await said(world)).toEqual(['"Weekly" for 1 account needs approval.'])
    world.system.advance(1)
    expect(await said(world)).toEqual(['"Weekly" for 1 account is too old to approve: discard it.'])
  })

  it('says as well what refused it', async () => {
    const world = worldOf(quiet(30))
    const { planId, fingerprint } = await planned(world, { name: 'Weekly', limits: { planAge: 2 } })
    await world.app.approve({ planId, fingerprint }, by)
    expect((await said(world))[0]).toMatch(/^"Weekly" for \d+ accounts is blocked \([a-z, -]+\)\.$/)
    world.system.advance(3 * hour)
    expect((await said(world))[0]).toMatch(/is blocked \([a-z, -]+\) and is too old to approve: discard it\.$/)
  })
})

interface Told extends Partial<Pick<Run, 'status' | 'undoOf'>> {
  readonly policy?: string
  readonly state?: Step['state']
}

/** Names the runs that need a person, of some that began one after the other. */
async function troubledAmong(runs: Readonly<Record<string, Told>>) {
  const { app, ports } = worldOf([])
  const lease = (await ports.store.claimLease(by, testNow, testNow + hour)) ?? expect.fail('no lease')
  for (const [n, [id, { policy = 'Weekly', state = 'applied', ...changes }]] of Object.entries(runs).entries()) {
    const planId = `plan-${id}` as PlanId
    await ports.store.putPlan(plan({ planId, policy }))
    const own = { status: 'finished' as const, policy, startedAt: testNow + n * minute, ...changes }
    await ports.store.insertRun(run(id, planId, own))
    await ports.store.putStep(step(id, 0, { state }), lease)
  }
  return (await app.attention()).flatMap(({ runId }) => runId ?? [])
}
const failed = { state: 'failed' } as const
const stopped = { status: 'stopped' } as const
const undoOf = (runId: string) => ({ undoOf: runId as RunId })

describe('a run in trouble', () => {
  it('carries the remedy of the refusal that stopped it', async () => {
    const { app, ports } = worldOf([])
    const stoppedBy = { code: 'stopped', message: 'Rollcall is stopped.', actual: null, limit: null } as const
    await ports.store.putPlan(plan({ planId: 'plan-a' as PlanId }))
    await ports.store.insertRun(run('a', 'plan-a' as PlanId, { status: 'stopped', stoppedBy }))
    expect((await app.attention()).map(({ runId, remedy }) => [runId, remedy])).toEqual([['a', 'resume']])
  })

  it.each<[string, Readonly<Record<string, Told>>, readonly string[]]>([
    ['is named while nothing came after it', { a: failed, b: { policy: 'Another' } }, ['a']],
    ['is named no more once a newer run of its policy did all', { a: failed, b: stopped, c: {} }, []],
    ['is named beside a newer one that failed as well', { a: failed, b: failed }, ['b', 'a']],
    ['is named where only an older run did all', { a: {}, b: failed }, ['b']],
    ['is named no more once it was undone', { a: failed, b: undoOf('a') }, []],
    ['is not mended by the undo of another run of its policy', { a: failed, b: {}, c: failed, d: undoOf('b') }, ['c']],
    ['is named while its undo has stopped, and that too', { a: failed, b: { ...undoOf('a'), ...stopped } }, ['b', 'a']],
    ['leaves it to its undo that failed to be named', { a: failed, b: { ...undoOf('a'), ...failed } }, ['b']],
    [
      'is undone by a second undo where the first failed',
      { a: failed, b: { ...undoOf('a'), ...failed }, c: undoOf('a') },
      [],
    ],
  ])('%s', async (_what, runs, named) => {
    expect(await troubledAmong(runs)).toEqual(named)
  })
})
