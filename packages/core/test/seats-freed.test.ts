// Rollcall counts the seats that a large plan frees once, and reads only the accounts that the plan changes.

import { expect, it } from 'vitest'
import { createApp } from '../src/index.js'
import { memoryWorld, organization, person, site, type MemoryWorld } from '../src/testing/index.js'
import { by } from './flow.js'

const [total, changed] = [4000, 2200]
const people = Array.from({ length: total }, (_, n) => person(`p${n}`, { inactiveDays: 300 }))
const ids = people.slice(0, changed).map(({ accountId }) => accountId)

async function open() {
  const world = memoryWorld(organization(people))
  await world.app.sync(by)
  const { plan } = await world.app.planPicked({ action: 'suspend-access', accounts: ids }, by)
  return { world, planId: plan.planId }
}

/** An app that records which accounts it reads, and how. */
function watchedApp({ ports, organization: { organization: known } }: MemoryWorld) {
  const read: string[] = []
  const { store } = ports
  const recorded =
    <Args extends readonly unknown[], Result>(name: string, method: (...args: Args) => Result) =>
    (...args: Args) => (read.push(`${name} ${Array.isArray(args[1]) ? args[1].length : 'others'}`), method(...args))
  const watched = {
    ...store,
    accounts: recorded('accounts', store.accounts),
    account: recorded('account', store.account),
    someAccounts: recorded('some', store.someAccounts),
  }
  return { app: createApp({ ...ports, store: watched }, { organizationId: known.id, owner: 'watched' }), read }
}

it('reads only the accounts that a plan of thousands changes, in a few queries, and only once', async () => {
  const { world, planId } = await open()
  const { app, read } = watchedApp(world)
  const { frees } = await app.planSummary(planId)
  expect(frees).toEqual([{ site, product: 'jira-software', seats: changed }])
  expect(read).toEqual(['some 500', 'some 500', 'some 500', 'some 500', 'some 200'])
  const another = watchedApp(world)
  expect((await another.app.planSummary(planId)).frees).toEqual(frees)
  expect(another.read).toEqual([])
})

it('caches the count for each plan by itself, and counts again when the cache is unreadable', async () => {
  const { world, planId } = await open()
  const few = { action: 'suspend-access', accounts: ids.slice(0, 600) } as const
  const { plan } = await world.app.planPicked(few, by)
  const seatsOf = async (id: string) => (await world.app.planSummary(id)).frees.map(({ seats }) => seats)
  expect([await seatsOf(planId), await seatsOf(plan.planId), await seatsOf(planId)]).toEqual([
    [changed],
    [600],
    [changed],
  ])
  for (const text of ['{', '[1]']) {
    await world.ports.store.putSetting('seats-freed', text)
    expect(await seatsOf(planId)).toEqual([changed])
  }
})
