// A group that loses a good part of its members between two syncs: it may exclude accounts, so nobody loses access until a
// person has looked at it.

import { expect, it } from 'vitest'
import { day } from '../src/index.js'
import { group, memoryWorld, organization, person, policy, type MemoryWorld } from '../src/testing/index.js'

const by = 'mia'

/** Forty people; the first ten are members of the group "keep". */
function worldWithGroup(): MemoryWorld {
  const people = Array.from({ length: 40 }, (_, n) =>
    person(`p${n}`, { groups: n < 10 ? ['jira-users', 'keep'] : ['jira-users'] }),
  )
  const { groups } = organization()
  return memoryWorld(organization(people, { groups: [...groups, group('keep')] }))
}

/** Takes the first people out of the group, as Atlassian's own administration does. */
function leave({ organization: { people } }: MemoryWorld, count: number): void {
  for (let n = 0; n < count; n += 1) people.get(`p${n}`)?.groups.delete(group('keep').id)
}

const except = policy({
  scope: 'organization',
  conditions: { all: [{ 'inactive-for': '90d' }, { not: { 'in-group': 'keep' } }] },
  actions: ['suspend-access'],
  limits: { take: 1 },
})
const picked = { action: 'suspend-access', accounts: ['p39'] } as never

type Planned = Awaited<ReturnType<MemoryWorld['app']['planPicked']>>
const lossesIn = ({ refusals }: Planned) =>
  refusals.filter(({ cause }) => cause === 'group-lost-members').map(({ code, actual, limit }) => [code, actual, limit])

async function syncs({ app, system }: MemoryWorld) {
  system.advance(day)
  await app.sync(by)
}

it('a protected group that lost two of ten members refuses a plan, with its name and both numbers', async () => {
  const world = worldWithGroup()
  await syncs(world)
  await world.app.protect({ subject: 'group:keep', reason: 'board' } as never, by)
  leave(world, 2)
  await syncs(world)
  const planned = await world.app.planPicked(picked, by)
  expect(lossesIn(planned)).toEqual([['snapshot-incomplete', 8, 10]])
  expect(planned.refusals[0]?.message).toMatch(/"keep" has 8 members; it had 10 before/)
})

it('a group that a condition names refuses the same, and a plan that does not depend on it passes', async () => {
  const world = worldWithGroup()
  await syncs(world)
  leave(world, 3)
  await syncs(world)
  expect(lossesIn(await world.app.planFile(except, by))).toEqual([['snapshot-incomplete', 7, 10]])
  expect(lossesIn(await world.app.planPicked(picked, by))).toEqual([])
})

it('a group that the action names refuses the same', async () => {
  const world = worldWithGroup()
  await syncs(world)
  leave(world, 3)
  await syncs(world)
  const from = { action: 'remove-from-group', group: 'keep', accounts: ['p9'] } as never
  expect(lossesIn(await world.app.planPicked(from, by))).toEqual([['snapshot-incomplete', 7, 10]])
})

it('one member who leaves is no loss', async () => {
  const world = worldWithGroup()
  await syncs(world)
  leave(world, 1)
  await syncs(world)
  expect(lossesIn(await world.app.planFile(except, by))).toEqual([])
})

it('another sync of the same data changes nothing, until the members return', async () => {
  const world = worldWithGroup()
  await syncs(world)
  leave(world, 5)
  await syncs(world)
  await syncs(world)
  await syncs(world)
  expect(lossesIn(await world.app.planFile(except, by))).toEqual([['snapshot-incomplete', 5, 10]])
  for (let n = 0; n < 4; n += 1) world.organization.people.get(`p${n}`)?.groups.add(group('keep').id)
  await syncs(world)
  expect(lossesIn(await world.app.planFile(except, by))).toEqual([])
})

it('after a person has accepted the baseline, the plan passes, and so do those of later syncs', async () => {
  const world = worldWithGroup()
  await syncs(world)
  leave(world, 5)
  await syncs(world)
  const { plan } = await world.app.planFile(except, by)
  await world.app.acceptBaseline(by)
  const approval = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
  expect('refusals' in approval ? approval.refusals.map(({ code }) => code) : []).toEqual([])
  await syncs(world)
  expect(lossesIn(await world.app.planFile(except, by))).toEqual([])
})

it('members whom Rollcall itself took out of the group are no loss', async () => {
  const world = worldWithGroup()
  await syncs(world)
  const from = { action: 'remove-from-group', group: 'keep', accounts: ['p8', 'p9'] } as never
  const { plan } = await world.app.planPicked(from, by)
  const approval = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
  if (!('run' in approval)) throw new Error(approval.refusals.map(({ message }) => message).join(' '))
  await world.app.work(approval.run.runId, { until: Number.MAX_SAFE_INTEGER })
  expect(world.directory.arrived.length).toBe(2)
  await syncs(world)
  expect(lossesIn(await world.app.planFile(except, by))).toEqual([])
})
