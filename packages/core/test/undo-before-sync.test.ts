// An undo never waits behind a sync: the sync stops after its page, and continues after the undo.

import { describe, expect, it } from 'vitest'
import { minute, type App, type RunId, type TickFailure } from '../src/index.js'
import { policy, type MemoryWorld } from '../src/testing/index.js'
import { approveAndRun, by, daily, forever, inactiveUsers, syncAndPlan, worldOf } from './flow.js'

/** 64 accounts in pages of five, and a schedule that is due, so that the next tick syncs first. */
async function dueWorld() {
  const world = worldOf(inactiveUsers(2), { pageSize: 5 })
  const { app, system } = world
  const { runId } = await approveAndRun(app, await syncAndPlan(world, { limits: { take: 1 } }))
  const read = policy({ schedule: daily, approval: 'automatic', limits: { take: 1 } })
  await app.importPolicy(read, by)
  await app.planStored(read.name, by)
  await app.enablePolicy(read.name, by)
  system.advance(61 * minute)
  return { ...world, runId }
}

/** Approves the undo of a run while a page is read; returns what happened in order: pages, and changes. */
function watch({ directory, app }: MemoryWorld, runId: RunId, page: number, operation: 'accounts' | 'managed') {
  const events: string[] = []
  const { readAccounts, readManagedAccounts, apply } = directory
  let pages = 0
  const approveUndo = async () => {
    const { plan } = await app.planUndo(runId, by)
    await app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    events.push('approved')
  }
  async function seen(kind: 'accounts' | 'managed') {
    events.push(kind)
    pages += kind === operation ? 1 : 0
    if (kind === operation && pages === page) await approveUndo()
  }
  Object.assign(directory, {
    async readAccounts(...given: Parameters<typeof readAccounts>) {
      await seen('accounts')
      return readAccounts(...given)
    },
    async readManagedAccounts(...given: Parameters<typeof readManagedAccounts>) {
      await seen('managed')
      return readManagedAccounts(...given)
    },
    apply(...given: Parameters<typeof apply>) {
      events.push(given[0].kind)
      return apply(...given)
    },
  })
  return events
}

async function ticked(app: App) {
  const failures: TickFailure[] = []
  const result = await app.tick(() => forever, { by: 'worker', onFailure: (failed) => failures.push(failed) })
  return { ...result, failures }
}

describe('an undo that a person approves during the sync of a schedule', () => {
  it.each(['accounts', 'managed'] as const)('is applied before the next page of %s', async (operation) => {
    const world = await dueWorld()
    const events = watch(world, world.runId, 4, operation)
    const { failures, fired } = await ticked(world.app)
    const approved = events.indexOf('approved')
    expect([events[approved - 1], events[approved + 1]]).toEqual([operation, 'add-to-group'])
    expect(failures).toEqual([])
    expect(fired).toHaveLength(1)
    // The sync continued where it was: no page twice.
    expect(events.filter((one) => one === 'accounts')).toHaveLength(Math.ceil(64 / 5))
    expect((await world.ports.store.snapshots(1))[0]).toMatchObject({ complete: true, accounts: 64 })
  })

  it('is applied before the end of the sync of a person that the tick waits for', async () => {
    const world = await dueWorld()
    const events = watch(world, world.runId, 4, 'accounts')
    const [snapshot, { failures, fired }] = await Promise.all([world.app.sync(by), ticked(world.app)])
    expect([snapshot.complete, failures, fired.length]).toEqual([true, [], 1])
    // The sync of the person goes on beside the undo.
    expect(events.slice(events.indexOf('add-to-group'))).toContain('managed')
    expect(events.indexOf('add-to-group')).toBeGreaterThan(events.indexOf('approved'))
  })

  it('is not waited for while it cannot advance', async () => {
    const world = await dueWorld()
    const { plan } = await world.app.planUndo(world.runId, by)
    await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    const { system, ports } = world
    await ports.store.claimLease('another', system.now(), system.now() + minute)
    const { fired } = await ticked(world.app)
    expect(fired).toHaveLength(1)
  })
})

it('a person who joined the sync of the tick gets the whole snapshot, although an undo went first', async () => {
  const world = await dueWorld()
  watch(world, world.runId, 4, 'accounts')
  const ticking = ticked(world.app)
  for (let n = 0; n < 200 && world.directory.calls('readAccounts') < 14; n += 1) await Promise.resolve()
  const [snapshot, { failures }] = await Promise.all([world.app.sync(by), ticking])
  expect([snapshot.complete, snapshot.accounts, failures]).toEqual([true, 64, []])
})
