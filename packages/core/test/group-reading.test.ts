// The groups of a sync and of a run: however many they are and however long it takes to read them, both end.

import { describe, expect, it } from 'vitest'
import { second, type GroupGrant, Unfinished } from '../src/index.js'
import { group, jira, memoryWorld, organization, person } from '../src/testing/index.js'
import { approveAndRun, inactiveUsers, syncAndPlan, worldOf } from './flow.js'

describe('a sync', () => {
  it('hands on the groups of the snapshot before, also those that grant no product', async () => {
    const world = memoryWorld(organization([person('mia')]))
    const given: (readonly GroupGrant[])[] = []
    const silent = { ...group('silent'), rolesRead: { at: 1 } }
    const { readGroups } = world.directory
    world.directory.readGroups = async (workspaces, known, usedUp) => {
      given.push(known)
      const { groups } = await readGroups(workspaces, known, usedUp)
      return { groups: [...groups, silent], left: 0 }
    }
    const { groups } = await world.app.sync('mia')
    await world.app.sync('mia')
    expect(groups.some(({ id }) => id === silent.id)).toBe(false)
    expect(given).toEqual([[], [...groups, silent]])
  })

  it('continues with the groups that are left when its time slice ends', async () => {
    const many = Array.from({ length: 10 }, (_, n) => group(`jira-${n}`, { grants: [jira] }))
    const world = memoryWorld(organization([person('mia')], { groups: many }))
    world.directory.readGroups = async (_workspaces, known, usedUp) => {
      const groups = [...known]
      for (const one of many.slice(known.length)) {
        if (usedUp()) break
        world.system.advance(second)
        groups.push(one)
      }
      return { groups, left: many.length - groups.length }
    }
    let slices = 0
    for (; ; slices += 1) {
      try {
        const until = world.system.now() + 3 * second
        const { groups, groupsLeft } = await world.app.sync('mia', undefined, { until })
        expect([groups.length, groupsLeft]).toEqual([10, undefined])
        break
      } catch (failure) {
        expect(failure).toBeInstanceOf(Unfinished)
      }
    }
    expect(slices).toBe(3)
  })
})

it('a run changes its accounts although each reading of one takes longer than it may be old', async () => {
  const world = worldOf(inactiveUsers(3))
  const plan = await syncAndPlan(world)
  const { readAccount } = world.directory
  world.directory.readAccount = async (...given) => {
    world.system.advance(90 * second)
    return readAccount(...given)
  }
  const run = await approveAndRun(world.app, plan)
  expect([run.status, run.stopReason, run.counts.applied]).toEqual(['finished', null, 3])
  expect(world.directory.calls('readAccount')).toBeLessThanOrEqual(3 * 3)
})
