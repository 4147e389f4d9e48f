// The group of an action is a name as well: one that refers to nothing is refused, and so is one that nothing needs.

import { expect, it } from 'vitest'
import { type PickedRequest, readPolicy, UsageError } from '../src/index.js'
import { group, jira, memoryWorld, organization, person, policy } from '../src/testing/index.js'
import { activeUsers, by, inactiveUsers } from './flow.js'

const groups = [group('jira-users', { grants: [jira], isDefault: true }), group('contractors')]
async function synced() {
  const people = [person('ann', { groups: ['jira-users', 'contractors'] }), ...inactiveUsers(2), ...activeUsers(40)]
  const { app } = memoryWorld(organization(people, { groups }))
  await app.sync(by)
  return app
}
const ofGroup = (action: string, name: string) =>
  policy({ scope: 'organization', actions: [action], group: name, conditions: { 'inactive-for': '90d' } })

it.each(['remove-from-group', 'add-to-group'] as const)('%s with a mistyped group is refused', async (action) => {
  const app = await synced()
  const mistyped = ofGroup(action, 'contractorz')
  const picked: PickedRequest = { action, group: 'contractorz', accounts: ['ann'] }
  for (const attempt of [
    () => app.importPolicy(mistyped, by),
    () => app.planFile(mistyped, by),
    () => app.planPicked(picked, by),
  ]) {
    const failure = await attempt().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UsageError)
    expect((failure as Error).message).toContain('has no group "contractorz". Correct the name of the action\'s group.')
  }
  expect(await app.policies()).toEqual([])
  expect((await app.importPolicy(ofGroup(action, 'contractors'), by)).policy.group).toBe('contractors')
})

it('a group is refused where the action changes none', async () => {
  const app = await synced()
  const request: PickedRequest = { action: 'suspend-access', group: 'contractors', accounts: ['inactive-0'] }
  await expect((async () => app.planPicked(request, by))()).rejects.toThrow('suspend-access changes no group')
  expect(await app.plans(9)).toEqual([])
  const read = readPolicy({
    name: 'Suspend',
    scope: 'organization',
    conditions: { 'inactive-for': '90d' },
    actions: ['suspend-access'],
    group: 'contractors',
  })
  expect('problems' in read && read.problems[0]?.message).toContain('suspend-access changes no group')
})
