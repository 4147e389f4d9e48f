// What an undo cannot bring back: counted before, listed after, and the rest is restored all the same.

import { describe, expect, it } from 'vitest'
import { brandId, type Change, day } from '../src/index.js'
import { confluence, type MemoryWorld, memoryWorld, organization, person, workspace } from '../src/testing/index.js'
import { by, crowd, planned, quiet, ran, reasonsOf, resultsOf, worldOf } from './flow.js'

const newcomers = () => Array.from({ length: 3 }, (_, n) => person(`new-${n}`, { groups: [], quietFor: 1 }))
/** Everybody but the newcomers holds a seat. */
const capacity = 2 + 3 + 60
/** An organization with so few Jira seats that nobody can come back once others have taken them. */
const tight = (): MemoryWorld =>
  memoryWorld(
    organization([...quiet(3), ...crowd(60), ...newcomers()], {
      workspaces: [workspace({ capacity }), workspace({ ari: confluence, product: 'confluence' })],
    }),
  )
/** So many newcomers take seats. */
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
  it('counts the seats that it needs and those that are free', async () => {
    const world = tight()
    const run = await ran(world.app, await planned(world))
    join(world, 2)
    const plan = await undoPlan(world, run.runId)
    expect(plan.seats).toEqual([{ site: 'acme.atlassian.net', product: 'jira-software', needed: 3, available: 1 }])
  })

  it('says that the free seats are unknown where Atlassian does not tell them', async () => {
    const world = worldOf(quiet(2))
    const run = await ran(world.app, await planned(world))
    expect((await undoPlan(world, run.runId)).seats).toMatchObject([{ needed: 2, available: null }])
  })

  it('of a suspension counts the seats of every product that the people had', async () => {
    const world = worldOf(quiet(2))
    for (const id of ['quiet-0', 'quiet-1']) world.organization.people.get(id)?.groups.add('group-confluence-users')
    const run = await ran(world.app, await planned(world, { scope: 'organization', actions: ['suspend-access'] }))
    const { seats = [] } = await undoPlan(world, run.runId)
    expect(seats.map(({ product, needed }) => [product, needed])).toEqual([
      ['jira-software', 2],
      ['confluence', 2],
    ])
  })

  it('is possible ninety days later, and brings back what was there', async () => {
    const world = worldOf(quiet(2))
    const run = await ran(world.app, await planned(world))
    world.system.advance(90 * day)
    expect((await ran(world.app, await undoPlan(world, run.runId))).counts.applied).toBe(2)
    expect(world.organization.people.get('quiet-0')?.groups).toEqual(new Set(['group-jira-users']))
  })
})

describe('an undo', () => {
  it('restores as many as there are seats, lists the others, and goes on when seats are free again', async () => {
    const world = tight()
    const run = await ran(world.app, await planned(world))
    join(world, 2)
    const undone = await ran(world.app, await undoPlan(world, run.runId))
    expect([undone.status, undone.counts.applied, undone.counts.failed]).toEqual(['finished', 1, 2])
    expect((await reasonsOf(world.app, undone.runId)).filter((reason) => reason?.includes('seat'))).toHaveLength(2)
    leave(world)
    const again = await undoPlan(world, run.runId)
    expect(again.excluded.reasons).toEqual([
      { code: 'reversed-since', text: 'a later run has reversed it: nothing left to undo', accounts: 1 },
    ])
    expect((await ran(world.app, again)).counts).toMatchObject({ applied: 2, skipped: 0 })
  })

  it('lists whose group is gone, and restores the others', async () => {
    const world = worldOf(quiet(2))
    world.organization.people.get('quiet-1')?.groups.add('group-jira-testers')
    const run = await ran(world.app, await planned(world))
    Object.assign(world.organization, {
      groups: world.organization.groups.filter(({ name }) => name !== 'jira-testers'),
    })
    const undone = await ran(world.app, await undoPlan(world, run.runId))
    expect(await resultsOf(world.app, undone.runId)).toEqual([
      expect.stringMatching(/^quiet-1: (failed|skipped|unknown)$/),
      'quiet-0: applied',
    ])
    expect((await reasonsOf(world.app, undone.runId))[0]).toContain('no such group')
  })

  it('that gives access back names what was lost in the meantime', async () => {
    const world = worldOf(quiet(2))
    world.organization.people.get('quiet-0')?.groups.add('group-contractors-keep')
    const run = await ran(world.app, await planned(world, { scope: 'organization', actions: ['suspend-access'] }))
    world.organization.people.get('quiet-0')?.groups.delete('group-contractors-keep')
    const undone = await ran(world.app, await undoPlan(world, run.runId))
    expect(await resultsOf(world.app, undone.runId)).toEqual(['quiet-1: applied', 'quiet-0: applied'])
    expect(await reasonsOf(world.app, undone.runId)).toEqual([
      undefined,
      'not as it was before: group group-contractors-keep missing',
    ])
  })

  it('lists who is not in the organization any more', async () => {
    const world = worldOf(quiet(2))
    const run = await ran(world.app, await planned(world))
    world.organization.people.delete('quiet-0')
    const undone = await ran(world.app, await undoPlan(world, run.runId))
    expect(await resultsOf(world.app, undone.runId)).toEqual(['quiet-1: applied', 'quiet-0: skipped'])
    expect((await reasonsOf(world.app, undone.runId))[1]).toBe('no longer in the organization')
  })
})

it('the earlier state is durable before the request leaves', async () => {
  const seen: unknown[] = []
  const world = worldOf(quiet(1), {
    onChange: ({ accountId }: Change) => void seen.push(world.ports.store.stepsOf(accountId)),
  })
  await ran(world.app, await planned(world))
  const [steps] = (await Promise.all(seen)) as { readonly before?: unknown }[][]
  expect(steps?.[0]?.before).toMatchObject({ accountStatus: 'active', groups: [brandId('group-jira-users')] })
})
