// The app: account list, licenses, overview, and the life of a policy.

import { describe, expect, it } from 'vitest'
import { brandId, day, UsageError, type AccountId } from '../src/index.js'
import { memoryWorld, organization, person, policy, site, testNow, workspace, jira } from '../src/testing/index.js'
import { by, activeUsers, factsOf, syncAndPlan, inactiveUsers, approveAndRun, worldOf } from './flow.js'

describe('the account list', () => {
  const open = async () => {
    const world = worldOf([
      ...inactiveUsers(2),
      person('new', { used: [], groups: [] }),
      person('bot', { name: 'Jenkins Bot' }),
    ])
    await world.app.sync(by)
    return world.app
  }

  it('shows each account with its data, and null when nothing protects it', async () => {
    const { accounts, total, asOf } = await (await open()).accounts({ search: 'inactive-0' })
    expect([total, asOf]).toEqual([1, '2026-11-24T08:00:00.000Z'])
    const lastActive = { at: new Date(testNow - 300 * day).toISOString() }
    expect(accounts).toEqual([
      {
        accountId: 'inactive-0',
        name: 'Person inactive-0',
        email: 'inactive-0@acme.example',
        managed: true,
        synced: false,
        groups: ['jira-users'],
        accountStatus: 'active',
        membershipStatus: 'active',
        protected: null,
        lastActive,
        products: [{ site, product: 'jira-software', lastActive }],
      },
    ])
  })

  it('shows why an account is protected, and since when a never-active account exists', async () => {
    const app = await open()
    expect((await app.accounts({ search: 'bot' })).accounts[0]?.protected).toEqual({
      by: 'likely service account; if it is a person, an admin can say so on the protected list',
    })
    const [newcomer] = (await app.accounts({ search: 'person new' })).accounts
    expect(newcomer?.lastActive).toEqual({ never: true, since: new Date(testNow - 1000 * day).toISOString() })
  })

  it('returns the accounts in pages', async () => {
    const app = await open()
    const first = await app.accounts({ inactiveFor: '90d', limit: 2 })
    const second = await app.accounts({ inactiveFor: '90d', limit: 2, after: first.next ?? '' })
    expect([...first.accounts, ...second.accounts].map((one) => one.accountId)).toEqual([
      'bot',
      'inactive-0',
      'inactive-1',
      'new',
    ])
    expect([first.total, second.next]).toEqual([4, null])
  })

  it('counts each filter separately, and again for every snapshot', async () => {
    const world = worldOf(inactiveUsers(3))
    await world.app.sync(by)
    const total = async (search: string) => (await world.app.accounts({ search, limit: 1 })).total
    expect([await total('inactive'), await total('inactive-1'), await total('inactive')]).toEqual([3, 1, 3])
    world.organization.people.delete(brandId<AccountId>('inactive-2'))
    await world.app.sync(by)
    expect(await total('inactive')).toBe(2)
  })

  it.each([[{ inactiveFor: 'long' }], [{ limit: 0 }], [{ limit: 1001 }], [{ status: 'gone' }], [{ colour: 'red' }]])(
    'refuses %j',
    async (request) => {
      const app = await open()
      expect(() => app.accounts(request as never)).toThrow(UsageError)
    },
  )
})

describe('licenses', () => {
  it('are null when Atlassian does not report the capacity, and exclude sandboxes', async () => {
    const workspaces = [
      workspace({ capacity: 70 }),
      workspace({ ari: `${jira}2` as never, product: 'confluence' }),
      workspace({ ari: `${jira}3` as never, sandbox: true }),
    ]
    const world = memoryWorld(organization([...inactiveUsers(1), ...activeUsers(60)], { workspaces }))
    await world.app.sync(by)
    expect(await world.app.licenses()).toEqual([
      { site, product: 'jira-software', capacity: 70, used: 63, available: 7 },
      { site, product: 'confluence', capacity: null, used: 0, available: null },
    ])
  })
})

describe('the overview', () => {
  it('of an empty database contains null', async () => {
    const { snapshot, people, latestPlan, latestRun, audit, stopped } = await worldOf([]).app.overview()
    expect([snapshot, people, latestPlan, latestRun, audit, stopped]).toEqual([
      null,
      null,
      null,
      null,
      { entries: 0 },
      false,
    ])
  })

  it('shows the newest snapshot, plan and run, the accounts by status, and the next occurrences', async () => {
    const world = worldOf([...inactiveUsers(2), person('gone', { accountStatus: 'inactive', inactiveDays: 1 })])
    await world.app.importPolicy(policy({ schedule: { every: '1 day', timeZone: 'UTC' } }), by)
    await world.app.enablePolicy(policy().name, by)
    await approveAndRun(world.app, await syncAndPlan(world))
    const overview = await world.app.overview()
    expect(overview.people).toEqual({ active: 64, suspended: 0, deactivated: 1, other: 0, total: 65 })
    expect(overview.latestPlan).toMatchObject({ actions: 2, policy: policy().name })
    expect(overview.latestRun).toMatchObject({ status: 'finished', total: 2, counts: { applied: 2 } })
    expect(overview.schedules).toMatchObject([{ enabled: true, next: '2026-11-25T07:00:00.000Z' }])
    expect(overview.audit.entries).toBe((await world.app.auditHead())?.index)
  })
})

describe('a policy', () => {
  it('starts disabled, and is disabled again when its content changes', async () => {
    const { app } = worldOf([])
    expect((await app.importPolicy(policy(), by)).enabled).toBe(false)
    await app.enablePolicy(policy().name, by)
    expect((await app.importPolicy(policy(), by)).enabled).toBe(true)
    expect((await app.importPolicy(policy({ conditions: { 'inactive-for': '60d' } }), by)).enabled).toBe(false)
  })

  it('is found by its name in any case, and a missing one is a usage error that names the existing ones', async () => {
    const { app } = worldOf([])
    await app.importPolicy(policy(), by)
    expect((await app.policy(policy().name.toUpperCase())).name).toBe(policy().name)
    await expect(app.policy('nothing')).rejects.toThrow(
      'There is no policy "nothing". There is "Free unused Jira seats".',
    )
  })

  it('never overwrites another policy unseen: a new one needs a free name, a changed one the version that was read', async () => {
    const { app } = memoryWorld(organization())
    const first = await app.importPolicy(policy(), by, null)
    const other = policy({ conditions: { 'inactive-for': '60d' } })
    await expect(app.importPolicy(other, by, null)).rejects.toThrow('There is a policy')
    expect((await app.importPolicy(policy(), by, null)).version).toBe(first.version)
    const second = await app.importPolicy(other, by, first.version)
    await expect(
      app.importPolicy(policy({ conditions: { 'inactive-for': '70d' } }), by, first.version),
    ).rejects.toThrow('Somebody else has changed')
    expect((await app.policy(other.name)).version).toBe(second.version)
  })

  it('is logged from import to deletion', async () => {
    const { app } = worldOf([])
    const { name } = await app.importPolicy(policy(), by)
    await app.enablePolicy(name, by)
    await app.enablePolicy(name, by)
    await app.disablePolicy(name, by)
    await app.deletePolicy(name, by)
    expect((await factsOf(app)).map(({ event }) => event)).toEqual([
      'policy-imported',
      'policy-enabled',
      'policy-disabled',
      'policy-deleted',
    ])
  })
})
