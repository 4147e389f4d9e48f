// One definition of who holds a paid seat: lists, populations, counts and freed seats agree on it.

import { expect, it } from 'vitest'
import { holdsPaidSeat, statusOf, type Account } from '../src/index.js'
import { judge } from '../src/policy/judge.js'
import { readLimits } from '../src/policy/organization-limits.js'
import { draftFromFilter } from '../src/plan/draft-plan.js'
import { criteriaOf } from '../src/plan/criteria.js'
import { freedBy } from '../src/plan/seats-freed.js'
import { queryOf } from '../src/sync/account-query.js'
import { countInactive } from '../src/sync/inactivity-stats.js'
import { licensesOf } from '../src/queries/licenses.js'
import type { ActionId } from '../src/model/action-id.js'
import {
  access,
  account,
  accountId,
  group,
  jira,
  memoryWorld,
  organization,
  plan,
  plannedAction,
  site,
  snapshot,
  testNow,
  workspace,
} from '../src/testing/index.js'

const place = { site, product: 'jira-software' }
const groups = [{ id: group('jira-users').id, name: 'jira-users' }]
const everybody: readonly Account[] = [
  account({ accountId: accountId('holds'), products: [access()], groups }),
  account({ accountId: accountId('suspended'), membershipStatus: 'suspended', products: [access()], groups }),
  account({ accountId: accountId('deactivated'), accountStatus: 'inactive', products: [access()], groups }),
  account({ accountId: accountId('left'), membershipStatus: 'no_membership', products: [access()], groups }),
  account({ accountId: accountId('unclear'), membershipStatus: 'unknown', products: [access()], groups }),
  account({ accountId: accountId('lost-it'), usedOnly: [access()] }),
]

async function prepared() {
  const { ports } = memoryWorld(organization())
  const head = snapshot({ accounts: everybody.length, inactiveIn: countInactive({}, everybody, testNow) })
  await ports.store.putSnapshot(head)
  await ports.store.putAccounts(head.id, everybody)
  return { ports, head }
}

async function drafted(action: ActionId, picked: readonly string[] | undefined) {
  const { ports, head } = await prepared()
  const conditions = { condition: 'inactive-for', value: '90d' } as const
  const criteria = await criteriaOf({ action, scope: place, conditions, group: undefined }, [], head, testNow, ports)
  const limits = await readLimits(ports)
  const ids = picked?.map(accountId)
  return draftFromFilter({ limits, picked: ids, by: 'mia' }, criteria, head, ports)
}

it('an active member with access holds one; nobody else does', () => {
  expect(everybody.filter((one) => holdsPaidSeat(one, jira)).map((one) => one.accountId)).toEqual(['holds'])
})

it('the account list of a product or of a site lists those who hold one', async () => {
  const { ports, head } = await prepared()
  for (const filter of [place, { product: place.product }, { site }]) {
    const query = queryOf({ ...filter, limit: 10 }, head)
    expect((await ports.store.accounts(query)).accounts.map((one) => one.accountId)).toEqual(['holds'])
    expect(await ports.store.countAccounts(query)).toBe(1)
    expect(await ports.store.countAccounts({ ...query, status: 'suspended' })).toBe(0)
  }
})

it('the population of a plan that removes access is those who hold one, and unknown status excludes', async () => {
  for (const action of ['revoke-product-access', 'suspend-access'] as const) {
    const { actions, excluded, population } = await drafted(action, undefined)
    expect({ changed: actions.map((one) => one.accountId), excluded: excluded.total, population }).toEqual({
      changed: ['holds'],
      excluded: 1, // whose status is unknown
      population: 1,
    })
  }
})

it('a plan that gives access back considers suspended users of the product too', async () => {
  const { actions, excluded } = await drafted('restore-access', undefined)
  expect(actions.length + excluded.total).toBe(5)
})

it('picked accounts without a seat are excluded, each with its own reason', async () => {
  const ids = everybody.map((one) => one.accountId)
  const { actions, excludedAccounts } = await drafted('revoke-product-access', ids)
  expect(actions.map((one) => one.accountId)).toEqual(['holds'])
  expect(Object.fromEntries(excludedAccounts?.map((one) => [one.accountId, one.reason.code]) ?? [])).toEqual({
    suspended: 'holds-no-seat',
    deactivated: 'holds-no-seat',
    left: 'no-product-access',
    unclear: 'status-unknown',
    'lost-it': 'no-granting-group',
  })
})

it('freed seats, activity and licenses count those who hold one', async () => {
  const { ports, head } = await prepared()
  const actions = everybody.map(({ accountId: id }) => plannedAction(id))
  expect(await freedBy(plan({ snapshotId: head.id, actions }), ports)).toEqual([{ ...place, seats: 1 }])
  expect(head.inactiveIn?.[jira]).toMatchObject({ people: 1 })
  expect(licensesOf(head)).toMatchObject([{ used: 10, listed: 1 }])
})

it('a product that is not online has no seats: it is neither counted nor planned', async () => {
  const { ports } = memoryWorld(organization())
  const head = snapshot({ seats: [{ ...workspace({ offline: true }), used: undefined }] })
  expect(licensesOf(head)).toEqual([])
  const request = { action: 'revoke-product-access', scope: place, conditions: undefined, group: undefined } as const
  await expect(criteriaOf(request, [], head, testNow, ports)).rejects.toThrow(/is not online/)
})

it('whether an account has a product that it has only used is undetermined, until its roles are read', () => {
  const lost = account({ usedOnly: [access()] })
  const judged = (one: Account) =>
    judge({ condition: 'has-product', value: 'jira-software' }, one, { now: testNow, scope: undefined }).kind
  expect(statusOf(lost)).toBe('active')
  expect(judged(lost)).toBe('undetermined')
  expect(judged({ ...lost, ownRoles: [] })).toBe('no-match')
})
