// What Atlassian does not report about accounts: each is excluded and counted, the sync goes on, and apps are no people.

import { describe, expect, it } from 'vitest'
import type { Account } from '../src/index.js'
import { type MemoryWorld, type Person, person } from '../src/testing/index.js'
import { approveAndRun, by, inactiveUsers, resultsOf, syncAndPlan, worldOf } from './flow.js'

const suspend = { scope: 'organization', actions: ['suspend-access'] }

/** Every read of these accounts lacks the groups. */
function unreadable({ directory }: MemoryWorld, ids: readonly string[]): void {
  const [readAccounts, readAccount] = [directory.readAccounts, directory.readAccount]
  const odd = (one: Account): Account =>
    ids.includes(one.accountId) ? { ...one, groups: [], unreadable: ['groups'] } : one
  Object.assign(directory, {
    readAccounts: async (...given: Parameters<typeof readAccounts>) => {
      const page = await readAccounts(...given)
      return { ...page, accounts: page.accounts.map(odd) }
    },
    readAccount: async (...given: Parameters<typeof readAccount>) => odd(await readAccount(...given)),
  })
}

describe('accounts that Rollcall cannot read in part', () => {
  it('are listed, excluded and counted, and the sync goes on', async () => {
    const world = worldOf(inactiveUsers(4))
    unreadable(world, ['inactive-0', 'inactive-1'])
    const plan = await syncAndPlan(world, suspend)
    expect(plan.actions.map(({ accountId }) => accountId)).toEqual(['inactive-2', 'inactive-3'])
    expect(plan.excluded.reasons).toContainEqual(expect.objectContaining({ code: 'data-unreadable', accounts: 2 }))
    const [snapshot] = await world.ports.store.snapshots(1)
    expect(snapshot).toMatchObject({ complete: true, unreadableAccounts: 2 })
    expect((await world.app.attention()).map(({ message }) => message).join()).toContain(
      'Atlassian sent data about 2 accounts that Rollcall cannot read',
    )
  })

  it('are not changed when that shows only right before the change', async () => {
    const world = worldOf(inactiveUsers(1))
    const plan = await syncAndPlan(world, suspend)
    unreadable(world, ['inactive-0'])
    const { runId } = await approveAndRun(world.app, plan)
    expect(await resultsOf(world.app, runId)).toEqual(['inactive-0: skipped'])
    expect(world.directory.arrived).toEqual([])
  })
})

describe('apps', () => {
  const apps = Array.from({ length: 100 }, (_, n): Person => person(`app-${n}`, { accountType: 'app' }))

  it('count neither in the population nor in the statistics', async () => {
    const [with_, without] = [worldOf([...inactiveUsers(4), ...apps]), worldOf(inactiveUsers(4))]
    const [one, other] = [await syncAndPlan(with_, suspend), await syncAndPlan(without, suspend)]
    expect(one.population).toBe(other.population)
    const picked = { action: 'suspend-access' as const, accounts: ['inactive-0'] }
    expect((await with_.app.planPicked(picked, by)).plan.population).toBe(other.population)
    const [[mixed], [people]] = [await with_.ports.store.snapshots(1), await without.ports.store.snapshots(1)]
    expect(mixed).toMatchObject({
      people: people?.accounts,
      inactive: people?.inactive,
      inactiveIn: people?.inactiveIn,
    })
  })
})

describe('joining dates that Atlassian does not report', () => {
  const sentence =
    /^Atlassian does not report when accounts joined this organization, so (\d+) accounts? (is|are) excluded\./

  it('for anybody are said in one sentence, with what to do', async () => {
    const world = worldOf([])
    for (const [id, one] of world.organization.people)
      world.organization.people.set(id, { ...one, addedAt: undefined, used: new Map(one.used) })
    const plan = await syncAndPlan(world, suspend)
    const { notes } = await world.app.planSummary(plan.planId)
    expect(notes).toEqual([expect.stringMatching(sentence)])
    expect(notes[0]).toContain('60 accounts')
    expect((await world.app.attention()).map(({ message }) => message)).toContainEqual(expect.stringMatching(sentence))
  })

  it('for one account need no sentence', async () => {
    const world = worldOf([person('odd', { addedAt: undefined })])
    const plan = await syncAndPlan(world, suspend)
    expect((await world.app.planSummary(plan.planId)).notes).toEqual([])
  })
})
