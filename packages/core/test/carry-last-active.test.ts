// Carried activity: an account that loses a product keeps the date on which it last used it.

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
import { by, activeUsers, syncAndPlan, approveAndRun, worldOf } from './flow.js'

const yesterday = testNow - day
const used = (at: number) => access({ lastActive: { kind: 'at', at } })
const suspending = { scope: 'organization', actions: ['suspend-access'] }

describe('carrying last activity into the next snapshot', () => {
  it('keeps the last activity of the previous snapshot', () => {
    const now = withEarlierActivity(account(), account({ products: [used(yesterday)] }), testNow)
    expect(lastActiveAnywhere(now)).toEqual({ kind: 'at', at: yesterday })
  })

  it('keeps newer activity', () => {
    const elsewhere = { kind: 'at', at: testNow } as const
    const now = withEarlierActivity(account({ elsewhere }), account({ products: [used(yesterday)] }), testNow)
    expect(now.elsewhere).toEqual(elsewhere)
  })

  const never = access({ lastActive: { kind: 'never', since: 0 } })
  it.each([
    ['in a product that the account still has', [used(yesterday)], yesterday],
    ['but no date in the future', [used(testNow + 30 * day)], undefined],
    ['but no date of a placeholder', [used(0)], undefined],
  ])('keeps the activity that Atlassian no longer shows, %s', (_what, products, kept) => {
    const now = withEarlierActivity(account({ products: [never] }), account({ products }), testNow)
    expect(now.products[0]?.lastActive).toEqual(kept === undefined ? never.lastActive : { kind: 'at', at: kept })
  })

  it.each([
    ['that was not read before', undefined],
    ['that still has the product', account({ products: [used(yesterday)] })],
    ['that never used it', account({ products: [access({ lastActive: { kind: 'never', since: 0 } })] })],
  ])('leaves an account %s unchanged', (_what, earlier) => {
    const now = account({ products: earlier?.products[0]?.lastActive.kind === 'at' ? [used(yesterday)] : [] })
    expect(withEarlierActivity(now, earlier, testNow)).toEqual(now)
  })
})

describe('an account that was active yesterday and lost its only product today', () => {
  const afterLosingJira = async (syncs: number) => {
    const world = worldOf([person('ann', { inactiveDays: 1 })])
    await world.app.sync(by)
    world.organization.people.get('ann')?.groups.clear()
    for (let n = 0; n < syncs; n += 1) {
      world.system.advance(1)
      await world.app.sync(by)
    }
    return world
  }

  it.each([1, 2, 3])('is excluded by a policy for the whole organization, %i syncs later', async (syncs) => {
    const world = await afterLosingJira(syncs)
    const { plan } = await world.app.planFile(policy(suspending), by)
    expect(plan.actions).toEqual([])
  })

  it.each([
    ['complete', 'ann', true],
    ['incomplete', 'ann busy-1 busy-2 busy-3', false],
  ])('is excluded after any number of %s snapshots that did not list it', async (_what, unlisted, complete) => {
    const world = worldOf([person('ann', { inactiveDays: 1 })])
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
          return {
            ...page,
            accounts: page.accounts.filter(({ accountId }) => !unlisted.split(' ').includes(accountId)),
          }
        },
      })
      expect((await world.app.sync(by)).complete).toBe(complete)
    }
    Object.assign(world.ports.directory, { readAccounts })
    world.system.advance(1)
    expect((await syncAndPlan(world, suspending)).actions).toEqual([])
  })

  it('is excluded after syncs with the key of another organization in between', async () => {
    const world = worldOf([person('ann', { inactiveDays: 1 })])
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
    expect((await syncAndPlan(world, suspending)).actions).toEqual([])
  })

  it('is changed when a person picked it by hand', async () => {
    const world = memoryWorld(
      organization([person('ann', { inactiveDays: 1, groups: ['jira-users'] }), ...activeUsers(60)]),
    )
    await world.app.sync(by)
    const { plan } = await world.app.planPicked({ action: 'suspend-access', accounts: ['ann'] }, by)
    expect(plan.actions).toHaveLength(1)
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(1) // inactivity does not matter for a hand-picked account
  })

  it('is excluded even when it was inactive in another product', async () => {
    const world = worldOf([
      person('ann', {
        groups: ['jira-users', 'confluence-users'],
        inactiveDays: 1,
        used: [[confluence, { kind: 'at', at: testNow - 300 * day }]],
      }),
    ])
    const jira = [...world.organization.workspaces][0]
    world.organization.people.get('ann')?.used.set(jira?.ari as never, { kind: 'at', at: yesterday })
    await world.app.sync(by)
    world.organization.people.get('ann')?.groups.delete('group-jira-users')
    world.system.advance(1)
    expect((await syncAndPlan(world, suspending)).actions).toEqual([])
  })
})
