// A run of which nothing stands any more never goes on, however its changes were given back.

import { describe, expect, it } from 'vitest'
import { minute } from '../src/index.js'
import { accountId, group } from '../src/testing/index.js'
import {
  activeUsers,
  approveAndRun,
  by,
  fireScheduledPolicy,
  forever,
  inactiveUsers,
  resultsOf,
  worldOf,
} from './flow.js'

type World = ReturnType<typeof worldOf>
/** With them, twelve accounts are within the weekly budget. */
const more = activeUsers(200).map((one) => ({ ...one, accountId: accountId(`more-${one.accountId}`) }))
const done = ['inactive-0', 'inactive-1', 'inactive-2', 'inactive-3']

/** A run that has changed four of twelve accounts, during its canary pause. */
async function paused() {
  const world = worldOf([...inactiveUsers(12), ...more])
  const limits = { accounts: 99, percent: 20, canaryAccounts: 4 }
  const { run } = await fireScheduledPolicy(world, { limits })
  await world.app.work(run.runId, forever)
  expect(await resultsOf(world.app, run.runId)).toEqual(done.map((id) => `${id}: applied`))
  return { world, runId: run.runId, planId: run.planId }
}
async function stopped() {
  const begun = await paused()
  await begun.world.app.stop(by)
  await begun.world.app.resume(by)
  return begun
}
const giveBack = async ({ app }: World, runId: string, accounts: readonly string[]) =>
  approveAndRun(app, (await app.planGiveBack({ runId, accounts: [...accounts] }, by)).plan)
const again = async ({ app }: World, planId: string) => approveAndRun(app, (await app.showPlan(planId)).plan)
/** How many of the twelve accounts have no access. */
const without = ({ organization }: World): number =>
  [...organization.people.values()].filter(
    ({ accountId, groups }) => accountId.startsWith('inactive') && groups.size === 0,
  ).length

describe('a stopped run never goes on', () => {
  const ways: Readonly<Record<string, (world: World, runId: string) => Promise<unknown>>> = {
    'one give-back of everything': (world, runId) => giveBack(world, runId, done),
    'several give-backs': async (world, runId) => {
      await giveBack(world, runId, done.slice(0, 1))
      await giveBack(world, runId, done.slice(1))
    },
    'a give-back of each account': async (world, runId) => {
      for (const id of done) await giveBack(world, runId, [id])
    },
    'people and a give-back': async (world, runId) => {
      world.organization.people.get('inactive-0')?.groups.add(group('jira-users').id)
      await world.app.sync(by)
      await giveBack(world, runId, done.slice(1))
    },
    'people alone': async (world) => {
      for (const id of done) world.organization.people.get(id)?.groups.add(group('jira-users').id)
      await world.app.sync(by)
    },
  }
  it.each(Object.entries(ways))('after %s', async (_way, undo) => {
    const { world, runId, planId } = await stopped()
    await undo(world, runId)
    expect(without(world)).toBe(0)
    await expect(again(world, planId)).rejects.toThrow('Make a new')
    expect([(await world.app.runStatus(runId)).status, without(world)]).toEqual(['cancelled', 0])
  })

  it('after an undo without one of its accounts', async () => {
    const { world, runId, planId } = await stopped()
    const { plan: whole } = await world.app.planUndo(runId, by)
    const { plan: undo } = await world.app.exclude(whole.planId, { accounts: ['inactive-2'] }, by)
    await approveAndRun(world.app, undo)
    await expect(again(world, planId)).rejects.toThrow('cancelled this plan')
    expect(without(world)).toBe(1)
  })

  it('when the process ended between the approval of the undo and the end of the run', async () => {
    const { world, runId, planId } = await stopped()
    const { plan: undo } = await world.app.planUndo(runId, by)
    const { updateRun } = world.ports.store
    Object.assign(world.ports.store, {
      updateRun: async (run: Parameters<typeof updateRun>[0]) => {
        if (run.status === 'cancelled') throw new Error('the process ended')
        return updateRun(run)
      },
    })
    await expect(approveAndRun(world.app, undo)).rejects.toThrow('the process ended')
    Object.assign(world.ports.store, { updateRun })
    await expect(again(world, planId)).rejects.toThrow('given back')
  })
})

it('an executing run ends when a give-back covers all that it changed', async () => {
  const { world, runId } = await paused()
  await giveBack(world, runId, done)
  world.system.advance(31 * minute)
  await world.app.work(runId, forever)
  expect([(await world.app.runStatus(runId)).status, without(world)]).toEqual(['cancelled', 0])
})

it('a run of which something still stands goes on', async () => {
  const { world, runId, planId } = await stopped()
  await giveBack(world, runId, done.slice(1))
  await again(world, planId)
  world.system.advance(31 * minute)
  await world.app.work(runId, forever)
  expect([(await world.app.runStatus(runId)).status, without(world)]).toEqual(['finished', 9])
})

it('a narrowed undo plan is refused once its run has changed more accounts', async () => {
  const { world, runId, planId } = await stopped()
  const { plan: whole } = await world.app.planUndo(runId, by)
  const { plan: undo } = await world.app.exclude(whole.planId, { accounts: ['inactive-2'] }, by)
  world.system.advance(31 * minute)
  await again(world, planId)
  await expect(approveAndRun(world.app, undo)).rejects.toThrow('changed more accounts since')
})
