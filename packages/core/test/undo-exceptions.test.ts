// An undo that cannot restore everything counts the missing seats before, restores the rest, and lists the exceptions.

import { describe, expect, it } from 'vitest'
import { brandId, type Change, day } from '../src/index.js'
import { confluence, type MemoryWorld, memoryWorld, organization, person, workspace } from '../src/testing/index.js'
import { by, activeUsers, syncAndPlan, inactiveUsers, approveAndRun, reasonsOf, resultsOf, worldOf } from './flow.js'

const newcomers = () => Array.from({ length: 3 }, (_, n) => person(`new-${n}`, { groups: [], inactiveDays: 1 }))
/** Every account but the newcomers has a seat. */
const capacity = 2 + 3 + 60
/** An organization with exactly as many Jira seats as users: each newcomer takes a seat that an undo needs. */
const withoutSpareSeats = (): MemoryWorld =>
  memoryWorld(
    organization([...inactiveUsers(3), ...activeUsers(60), ...newcomers()], {
      workspaces: [workspace({ capacity }), workspace({ ari: confluence, product: 'confluence' })],
    }),
  )
/** Gives the product to the given number of newcomers. */
const join = ({ organization: { people } }: MemoryWorld, count: number) => {
  for (let n = 0; n < count; n += 1) people.get(`new-${n}`)?.groups.add('group-jira-users')
}
const leave = ({ organization: { people } }: MemoryWorld) => {
  for (const { accountId } of newcomers()) people.get(accountId)?.groups.delete('group-jira-users')
}
async function undoPlan(world: MemoryWorld, runId: string) {
  await world.app.sync(by)
  return (await world.app.planUndo(runId, by)).plan
}

describe('an undo plan', () => {
  it('counts the seats that it needs and the free seats', async () => {
    const world = withoutSpareSeats()
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    join(world, 2)
    const plan = await undoPlan(world, run.runId)
    expect(plan.seats).toEqual([{ site: 'acme.atlassian.net', product: 'jira-software', needed: 3, available: 1 }])
  })

  it('reports unknown free seats when Atlassian does not report them', async () => {
    const world = worldOf(inactiveUsers(2))
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect((await undoPlan(world, run.runId)).seats).toMatchObject([{ needed: 2, available: null }])
  })

  it('of a suspension counts the seats of every product that the accounts had', async () => {
    const world = worldOf(inactiveUsers(2))
    for (const id of ['inactive-0', 'inactive-1'])
      world.organization.people.get(id)?.groups.add('group-confluence-users')
    const run = await approveAndRun(
      world.app,
      await syncAndPlan(world, { scope: 'organization', actions: ['suspend-access'] }),
    )
    const { seats = [] } = await undoPlan(world, run.runId)
    expect(seats.map(({ product, needed }) => [product, needed])).toEqual([
      ['jira-software', 2],
      ['confluence', 2],
    ])
  })

  it('is possible ninety days later, and restores the earlier state', async () => {
    const world = worldOf(inactiveUsers(2))
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    world.system.advance(90 * day)
    expect((await approveAndRun(world.app, await undoPlan(world, run.runId))).counts.applied).toBe(2)
    expect(world.organization.people.get('inactive-0')?.groups).toEqual(new Set(['group-jira-users']))
  })
})

describe('an undo', () => {
  it('restores as many accounts as there are seats, lists the others, and can restore them when seats are free again', async () => {
    const world = withoutSpareSeats()
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    join(world, 2)
    const undone = await approveAndRun(world.app, await undoPlan(world, run.runId))
    expect([undone.status, undone.counts.applied, undone.counts.failed]).toEqual(['finished', 1, 2])
    expect((await reasonsOf(world.app, undone.runId)).filter((reason) => reason?.includes('seat'))).toHaveLength(2)
    leave(world)
    const again = await undoPlan(world, run.runId)
    expect(again.excluded.reasons).toEqual([
      { code: 'reversed-since', text: 'a later run has reversed it: nothing left to undo', accounts: 1 },
    ])
    expect((await approveAndRun(world.app, again)).counts).toMatchObject({ applied: 2, skipped: 0 })
  })

  it('lists accounts whose group is gone, and restores the others', async () => {
    const world = worldOf(inactiveUsers(2))
    world.organization.people.get('inactive-1')?.groups.add('group-jira-testers')
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    Object.assign(world.organization, {
      groups: world.organization.groups.filter(({ name }) => name !== 'jira-testers'),
    })
    const undone = await approveAndRun(world.app, await undoPlan(world, run.runId))
    expect(await resultsOf(world.app, undone.runId)).toEqual([
      expect.stringMatching(/^inactive-1: (failed|skipped|unknown)$/),
      'inactive-0: applied',
    ])
    expect((await reasonsOf(world.app, undone.runId))[0]).toContain('no such group')
  })

  it('names what an account lost in the meantime', async () => {
    const world = worldOf(inactiveUsers(2))
    world.organization.people.get('inactive-0')?.groups.add('group-contractors-keep')
    const run = await approveAndRun(
      world.app,
      await syncAndPlan(world, { scope: 'organization', actions: ['suspend-access'] }),
    )
    world.organization.people.get('inactive-0')?.groups.delete('group-contractors-keep')
    const undone = await approveAndRun(world.app, await undoPlan(world, run.runId))
    expect(await resultsOf(world.app, undone.runId)).toEqual(['inactive-1: applied', 'inactive-0: applied'])
    expect(await reasonsOf(world.app, undone.runId)).toEqual([
      undefined,
      'not fully restored, missing: group group-contractors-keep',
    ])
  })

  it('lists accounts that have left the organization', async () => {
    const world = worldOf(inactiveUsers(2))
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    world.organization.people.delete('inactive-0')
    const undone = await approveAndRun(world.app, await undoPlan(world, run.runId))
    expect(await resultsOf(world.app, undone.runId)).toEqual(['inactive-1: applied', 'inactive-0: skipped'])
    expect((await reasonsOf(world.app, undone.runId))[1]).toBe('no longer in the organization')
  })
})

it('stores the earlier state before the request leaves', async () => {
  const seen: unknown[] = []
  const world = worldOf(inactiveUsers(1), {
    onChange: ({ accountId }: Change) => void seen.push(world.ports.store.stepsOf(accountId)),
  })
  await approveAndRun(world.app, await syncAndPlan(world))
  const [steps] = (await Promise.all(seen)) as { readonly before?: unknown }[][]
  expect(steps?.[0]?.before).toMatchObject({ accountStatus: 'active', groups: [brandId('group-jira-users')] })
})
