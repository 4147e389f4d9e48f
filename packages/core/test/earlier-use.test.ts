// Earlier use: whoever loses a product does not look as if they had never used it.

import { describe, expect, it } from 'vitest'
import { day, lastActiveAnywhere } from '../src/index.js'
import { withEarlierActivity } from '../src/sync/carry-last-active.js'
import {
  access,
  account,
  confluence,
  memoryWorld,
  organization,
  person,
  policy,
  testNow,
} from '../src/testing/index.js'
import { by, crowd, planned, ran, worldOf } from './flow.js'

const yesterday = testNow - day
const used = (at: number) => access({ lastActive: { kind: 'at', at } })
const suspending = { scope: 'organization', actions: ['suspend-access'] }

describe('an account that has lost a product', () => {
  it('was last active when the earlier reading says that it used it', () => {
    const now = withEarlierActivity(account(), account({ products: [used(yesterday)] }), testNow)
    expect(lastActiveAnywhere(now)).toEqual({ kind: 'at', at: yesterday })
  })

  it('keeps what is newer', () => {
    const elsewhere = { kind: 'at', at: testNow } as const
    const now = withEarlierActivity(account({ elsewhere }), account({ products: [used(yesterday)] }), testNow)
    expect(now.elsewhere).toEqual(elsewhere)
  })

  it.each([
    ['was not read before', undefined],
    ['still has the product', account({ products: [used(yesterday)] })],
    ['never used it', account({ products: [access({ lastActive: { kind: 'never', since: 0 } })] })],
  ])('and %s is told as it is', (_what, earlier) => {
    const now = account({ products: earlier?.products[0]?.lastActive.kind === 'at' ? [used(yesterday)] : [] })
    expect(withEarlierActivity(now, earlier, testNow)).toEqual(now)
  })
})

describe('somebody who worked yesterday and lost the only product today', () => {
  const lose = async (syncs: number) => {
    const world = worldOf([person('ann', { quietFor: 1 })])
    await world.app.sync(by)
    world.organization.people.get('ann')?.groups.clear()
    for (let n = 0; n < syncs; n += 1) {
      world.system.advance(1)
      await world.app.sync(by)
    }
    return world
  }

  it.each([1, 2, 3])('is spared by a policy for the whole organization, %i syncs later', async (syncs) => {
    const world = await lose(syncs)
    const { plan } = await world.app.planFile(policy(suspending), by)
    expect(plan.actions).toEqual([])
  })

  it('is spared as well after a roll that did not list her, however many such rolls there were', async () => {
    const world = worldOf([person('ann', { quietFor: 1 })])
    await world.app.sync(by)
    const { people } = world.organization
    const ann = people.get('ann')
    ann?.groups.clear()
    const { readAccounts } = world.ports.directory
    for (const _ of [1, 2, 3]) {
      world.system.advance(1)
      Object.assign(world.ports.directory, {
        readAccounts: async (...given: Parameters<typeof readAccounts>) => {
          const page = await readAccounts(...given)
          return { ...page, accounts: page.accounts.filter(({ accountId }) => accountId !== 'ann') }
        },
      })
      expect((await world.app.sync(by)).complete).toBe(false)
    }
    Object.assign(world.ports.directory, { readAccounts })
    world.system.advance(1)
    expect((await planned(world, suspending)).actions).toEqual([])
  })

  it('is spared as well when a key of another organization was used in between', async () => {
    const world = worldOf([person('ann', { quietFor: 1 })])
    await world.app.sync(by)
    world.organization.people.get('ann')?.groups.clear()
    const { directory } = world.ports
    const { organization: ours } = directory
    for (const other of [false, true, true, false]) {
      world.system.advance(1)
      Object.assign(directory, {
        organization: other ? () => Promise.resolve({ id: 'org-2' as never, name: 'Another' }) : ours,
      })
      await world.app.sync(by)
    }
    world.system.advance(1)
    expect((await planned(world, suspending)).actions).toEqual([])
  })

  it('is spared as well when the plan was made before', async () => {
    const world = memoryWorld(organization([person('ann', { quietFor: 1, groups: ['jira-users'] }), ...crowd(60)]))
    await world.app.sync(by)
    const { plan } = await world.app.planPicked({ action: 'suspend-access', accounts: ['ann'] }, by)
    expect(plan.actions).toHaveLength(1)
    expect((await ran(world.app, plan)).counts.applied).toBe(1) // a person picked her: that is no question of inactivity
  })

  it('and has another product that is quiet is spared too', async () => {
    const world = worldOf([
      person('ann', {
        groups: ['jira-users', 'confluence-users'],
        quietFor: 1,
        used: [[confluence, { kind: 'at', at: testNow - 300 * day }]],
      }),
    ])
    const jira = [...world.organization.workspaces][0]
    world.organization.people.get('ann')?.used.set(jira?.ari as never, { kind: 'at', at: yesterday })
    await world.app.sync(by)
    world.organization.people.get('ann')?.groups.delete('group-jira-users')
    world.system.advance(1)
    expect((await planned(world, suspending)).actions).toEqual([])
  })
})
