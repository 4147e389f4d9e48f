// Reads for each account of a run stay constant: no list of all exemptions, no head with its groups, no reads one by one.

import { expect, it } from 'vitest'
import { brandId, type Store } from '../src/index.js'
import { approveAndRun, by, inactiveUsers, syncAndPlan, worldOf } from './flow.js'

type Name = keyof Store

/** Counts how often the store is called, by method. */
function watch(store: Store): (name: Name) => number {
  const calls = new Map<string, number>()
  for (const [name, method] of Object.entries(store))
    Object.assign(store, {
      [name]: (...parameters: readonly unknown[]): unknown => {
        calls.set(name, (calls.get(name) ?? 0) + 1)
        return Reflect.apply(method as (...all: readonly unknown[]) => unknown, store, parameters)
      },
    })
  return (name) => calls.get(name) ?? 0
}

const readsOf = (accounts: number) => async () => {
  const world = worldOf(inactiveUsers(accounts))
  const plan = await syncAndPlan(world, { limits: { take: accounts } })
  const count = watch(world.ports.store)
  const { runId, counts } = await approveAndRun(world.app, plan)
  const run = {
    applied: counts.applied,
    vetoes: count('vetoes'),
    snapshots: count('snapshots'),
    whole: count('snapshot'),
  }
  const before = { vetoes: count('vetoes'), stepsOf: count('stepsOf') }
  await world.app.planUndo(runId, by)
  return { run, undo: { vetoes: count('vetoes') - before.vetoes, stepsOf: count('stepsOf') - before.stepsOf } }
}

it('a run reads the list of all exemptions and the groups of a snapshot as often for 12 accounts as for 3', async () => {
  const [few, many] = [await readsOf(3)(), await readsOf(12)()]
  expect([few.run.applied, many.run.applied]).toEqual([3, 12])
  expect({ ...many.run, applied: 3 }).toEqual(few.run)
})

it('an undo reads the steps of its accounts together', async () => {
  expect((await readsOf(12)()).undo).toEqual({ vetoes: 0, stepsOf: 0 })
})

it('a plan for picked accounts reads them together', async () => {
  const world = worldOf(inactiveUsers(8))
  await world.app.sync(by)
  const count = watch(world.ports.store)
  const accounts = Array.from({ length: 8 }, (_, n) => `inactive-${n}`)
  const { plan } = await world.app.planPicked(
    { action: 'add-to-group', group: 'contractors-keep', accounts: [...accounts, 'nobody'] },
    by,
  )
  expect(plan.actions.map(({ accountId }) => accountId)).toEqual(accounts.map((id) => brandId(id)))
  expect([count('account'), count('someAccounts') < 4]).toEqual([0, true])
})
