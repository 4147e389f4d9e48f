// What a large plan frees is counted once, by the accounts that it touches and no others.

import { expect, it } from 'vitest'
import { createApp } from '../src/index.js'
import { memoryWorld, organization, person, site, type MemoryWorld } from '../src/testing/index.js'
import { by } from './flow.js'

const [everybody, touched] = [4000, 2200]
const people = Array.from({ length: everybody }, (_, n) => person(`p${n}`, { quietFor: 300 }))
const ids = people.slice(0, touched).map(({ accountId }) => accountId)

async function open() {
  const world = memoryWorld(organization(people))
  await world.app.sync(by)
  const { plan } = await world.app.planPicked({ action: 'suspend-access', accounts: ids }, by)
  return { world, planId: plan.planId }
}

/** An app that notes which accounts it reads, and how. */
function watchedApp({ ports, organization: { organization: known } }: MemoryWorld) {
  const read: string[] = []
  const { store } = ports
  const noted =
    <Given extends readonly unknown[], Answered>(name: string, method: (...given: Given) => Answered) =>
    (...given: Given) => (
      read.push(`${name} ${Array.isArray(given[1]) ? given[1].length : 'others'}`),
      method(...given)
    )
  const watched = {
    ...store,
    accounts: noted('accounts', store.accounts),
    account: noted('account', store.account),
    someAccounts: noted('some', store.someAccounts),
  }
  return { app: createApp({ ...ports, store: watched }, { organizationId: known.id, owner: 'watched' }), read }
}

it('a plan of thousands reads the accounts that it touches, in a few looks, and once', async () => {
  const { world, planId } = await open()
  const { app, read } = watchedApp(world)
  const { frees } = await app.planSummary(planId)
  expect(frees).toEqual([{ site, product: 'jira-software', seats: touched }])
  expect(read).toEqual(['some 500', 'some 500', 'some 500', 'some 500', 'some 200'])
  const another = watchedApp(world)
  expect((await another.app.planSummary(planId)).frees).toEqual(frees)
  expect(another.read).toEqual([])
})

it('what is remembered of one plan is not taken for another, and is counted again where it cannot be read', async () => {
  const { world, planId } = await open()
  const few = { action: 'suspend-access', accounts: ids.slice(0, 600) } as const
  const { plan } = await world.app.planPicked(few, by)
  const seatsOf = async (id: string) => (await world.app.planSummary(id)).frees.map(({ seats }) => seats)
  expect([await seatsOf(planId), await seatsOf(plan.planId), await seatsOf(planId)]).toEqual([
    [touched],
    [600],
    [touched],
  ])
  for (const text of ['{', '[1]']) {
    await world.ports.store.putSetting('seats-freed', text)
    expect(await seatsOf(planId)).toEqual([touched])
  }
})
