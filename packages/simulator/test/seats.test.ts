import { expect, it } from 'vitest'
import { codeOf, open, type Open } from './open.js'

/** Fills every Jira seat. */
const fill = async ({ control, ari }: Open) => {
  const { used } = (await control('workspaces', { ari: ari(0) })) as unknown as { used: number }
  await control('workspaces', { ari: ari(0), capacity: used })
}
const outsider = ({ person, group }: Open) =>
  person(
    ({ groups, memberships, accountStatus }) =>
      accountStatus === 'active' &&
      [...memberships.values()][0]?.status === 'active' &&
      !['jira-users-acme', 'jira-testers-acme', 'all-in-one-acme', 'okta-engineering'].some((name) =>
        groups.has(group(name)),
      ),
  )

it('adding to a granting group without a free seat is refused, and changes nothing', async () => {
  const simulator = await open()
  const { call, here, group, truth } = simulator
  await fill(simulator)
  const id = outsider(simulator)
  const refused = await call('POST', `${here}/groups/${group('jira-users-acme')}/memberships`, { accountId: id })
  expect([refused.status, codeOf(refused)]).toEqual([409, 'ADMIN-UAM-409-3'])
  expect((await truth(id))['effectiveChanges']).toBe(0)
})

it('an account with a seat needs no second one', async () => {
  const simulator = await open()
  const { call, here, group, person } = simulator
  await fill(simulator)
  const seated = person(
    ({ groups, accountStatus, memberships }) =>
      accountStatus === 'active' &&
      [...memberships.values()][0]?.status === 'active' &&
      groups.has(group('jira-users-acme')) &&
      !groups.has(group('jira-testers-acme')),
  )
  const path = `${here}/groups/${group('jira-testers-acme')}/memberships`
  expect((await call('POST', path, { accountId: seated })).status).toBe(204)
})

it('restoring is refused without a free seat, and works with one', async () => {
  const simulator = await open()
  const { call, here, person, group, control, ari, organization } = simulator
  const id = person(
    ({ groups, orgRoles, accountStatus, memberships }) =>
      orgRoles.size === 0 &&
      accountStatus === 'active' &&
      [...memberships.values()][0]?.status === 'active' &&
      groups.has(group('jira-users-acme')),
  )
  await call('POST', `${here}/users/${id}/suspend`)
  await fill(simulator)
  const refused = await call('POST', `${here}/users/${id}/restore`)
  expect([refused.status, codeOf(refused)]).toEqual([409, 'ADMIN-409-3'])
  await control('workspaces', { ari: ari(0), capacity: organization.tally.seats(ari(0)) + 1 })
  expect((await call('POST', `${here}/users/${id}/restore`)).status).toBe(204)
})

it('a role without a seat can be assigned when all seats are taken', async () => {
  const simulator = await open()
  const { call, v1, ari, truth } = simulator
  await fill(simulator)
  const id = outsider(simulator)
  const assign = (role: string) => call('POST', `${v1}/users/${id}/roles/assign`, { role, resource: ari(0) })
  expect(codeOf(await assign('atlassian/user'))).toBe('ADMIN-UAM-409-3')
  expect((await assign('atlassian/guest')).status).toBe(204)
  expect((await truth(id))['access']).toContain(ari(0))
})
