import fc from 'fast-check'
import { expect, it } from 'vitest'
import { grantedTo, hasAccess } from '../src/organization/access.js'
import { list, open } from './open.js'

const names = [
  'jira-users-acme',
  'jira-testers-acme',
  'all-in-one-acme',
  'confluence-users-acme',
  'team-design',
] as const
const step = fc.record({
  who: fc.integer({ min: 10, max: 19 }),
  what: fc.oneof(
    fc.record({ kind: fc.constantFrom('add', 'remove'), name: fc.constantFrom(...names) }),
    fc.record({ kind: fc.constantFrom('suspend', 'restore', 'disable', 'enable'), name: fc.constant(names[0]) }),
  ),
})

it('after any change, access follows the groups and the running counters follow access', async () => {
  const { call, here, organization, group, truth } = await open({ users: 60, recorded: false })
  for (const workspace of organization.workspaces) workspace.capacity = null
  const { accounts, workspaces, tally } = organization
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      for (const { who, what } of steps) {
        const account = accounts[who]
        const id = account?.accountId ?? ''
        const groupPath = `${here}/groups/${group(what.name)}/memberships`
        if (what.kind === 'add') await call('POST', groupPath, { accountId: id })
        else if (what.kind === 'remove') await call('DELETE', `${groupPath}/${id}`)
        else if (what.kind === 'suspend' || what.kind === 'restore')
          await call('POST', `${here}/users/${id}/${what.kind}`)
        else await call('POST', `/users/${id}/manage/lifecycle/${what.kind}`)
        const state = await truth(id)
        const granting = (account?.groups ?? new Set()) as ReadonlySet<string>
        const expected = workspaces
          .filter(({ ari }) =>
            [...granting].some((one) => organization.groups.get(one)?.grants.some((g) => g.ari === ari)),
          )
          .map(({ ari }) => ari)
        const usable = account?.accountStatus === 'active' && [...account.memberships.values()][0]?.status === 'active'
        expect([...list(state['access'])].sort()).toEqual(usable ? expected.sort() : [])
      }
      for (const { ari } of workspaces)
        expect(tally.seats(ari)).toBe(accounts.filter((one) => hasAccess(one, ari, organization)).length)
      for (const { id } of organization.groups.values())
        expect(tally.members(id)).toBe(accounts.filter(({ groups }) => groups.has(id)).length)
    }),
    { numRuns: 15 },
  )
})

it('an account keeps a product that another group grants', async () => {
  const { call, here, group, person, ari, truth } = await open()
  const both = person(({ groups }) => groups.has(group('jira-users-acme')) && groups.has(group('jira-testers-acme')))
  await call('DELETE', `${here}/groups/${group('jira-testers-acme')}/memberships/${both}`)
  expect((await truth(both))['access']).toContain(ari(0))
  await call('DELETE', `${here}/groups/${group('jira-users-acme')}/memberships/${both}`)
  expect((await truth(both))['access']).not.toContain(ari(0))
})

it('the role assignments of a person name the groups that grant them', async () => {
  const { call, anywhere, organization, person } = await open()
  const id = person(({ groups, orgRoles }) => groups.size > 1 && orgRoles.size > 0)
  const account = organization.byId.get(id)
  const rows = list((await call('GET', `${anywhere}/users/${id}/role-assignments`)).body['data'])
  const granted = account === undefined ? [] : [...grantedTo(account, organization)]
  expect(rows.filter((row) => row['directoryId'] !== null).map((row) => row['resourceId'])).toEqual(granted)
  expect(rows[0]?.['roleAssignments']).toEqual([{ role: 'atlassian/user', roleAssignmentMethods: ['group_direct'] }])
  expect(rows.at(-1)).toMatchObject({ directoryId: null, resourceOwner: 'platform', userDirectoryStatus: null })
})

it('the role assignments of a person can come without the deprecated list of roles', async () => {
  const { call, anywhere, control, person } = await open()
  const path = `${anywhere}/users/${person(({ groups, orgRoles }) => groups.size > 1 && orgRoles.size > 0)}/role-assignments`
  const rows = async () => list((await call('GET', path)).body['data'])
  const before = await rows()
  await control('behaviour', { deprecatedRoles: false })
  const without = before.map(({ roles, ...row }) => {
    expect(roles).toEqual(list(row['roleAssignments']).map(({ role }) => role))
    return row
  })
  expect(await rows()).toEqual(without)
})
