// The Directory: which request each operation sends, and how it reads the response.

import { actionIds, actions, brandId, type Change, type Directory, type GroupGrant } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { desk, directoryId, groupId, groupRow, jira, page, roleRow, userRow, workspace, workspaceRow } from './rows.js'
import { connect, key, noon, organizationId, yes, type Reply, type Sent } from './scripted.js'

const v2 = `/admin/v2/orgs/${organizationId}`
const accountId = brandId<Change['accountId']>('557058:4f9acfd2')
const ids = { accountId, directoryId: brandId<never>(directoryId), groupId: brandId<never>(groupId) }
const summary = ({ method, path, body }: Sent) => [method, path, body]

describe('a change', () => {
  const user = `${v2}/directories/${directoryId}/users/557058%3A4f9acfd2`
  const members = `${v2}/directories/${directoryId}/groups/${groupId}/memberships`
  it.each<[Change, readonly unknown[]]>([
    [{ kind: 'suspend', ...ids }, ['POST', `${user}/suspend`, undefined]],
    [{ kind: 'restore', ...ids }, ['POST', `${user}/restore`, undefined]],
    [{ kind: 'add-to-group', ...ids }, ['POST', members, { accountId }]],
    [{ kind: 'remove-from-group', ...ids }, ['DELETE', `${members}/557058%3A4f9acfd2`, undefined]],
    [{ kind: 'deactivate', accountId }, ['POST', '/users/557058%3A4f9acfd2/manage/lifecycle/disable', {}]],
    [{ kind: 'activate', accountId }, ['POST', '/users/557058%3A4f9acfd2/manage/lifecycle/enable', undefined]],
  ])('%j sends one request', async (change, request) => {
    const { directory, sent } = connect([{ status: 204 }])
    expect(await directory.apply(change, yes)).toBe('accepted')
    expect(sent.map(summary)).toEqual([request])
  })

  it('uses the key for changes, and a read uses the key for reads', async () => {
    const { directory, sent } = connect([{ status: 204 }, { body: { count: 1 } }], { actKey: 'act' })
    await directory.apply({ kind: 'suspend', ...ids }, yes)
    await directory.countAccounts()
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual(['Bearer act', `Bearer ${key}`])
  })

  it('declares JSON only with a body', async () => {
    const { directory, sent } = connect([{ status: 204 }, { status: 204 }])
    await directory.apply({ kind: 'suspend', ...ids }, yes)
    await directory.apply({ kind: 'add-to-group', ...ids }, yes)
    expect(sent.map(({ headers }) => headers['content-type'])).toEqual([undefined, 'application/json'])
  })

  it('encodes every id in its path', async () => {
    const { directory, sent } = connect([{ status: 204 }])
    await directory.apply({ kind: 'suspend', accountId: brandId('../../x?y'), directoryId: brandId('a/b') }, yes)
    expect(sent[0]?.path).toBe(`${v2}/directories/a%2Fb/users/..%2F..%2Fx%3Fy/suspend`)
  })
})

describe('the lifecycle of an account', () => {
  const enablement = (value: unknown): Reply => ({ body: { 'lifecycle.enablement': value } })
  it('is read at /manage with the key for changes', async () => {
    const { directory, sent } = connect([enablement({ allowed: true })], { actKey: 'act' })
    expect(await directory.lifecycle(accountId)).toEqual({ allowed: true })
    expect(sent[0]).toMatchObject({
      method: 'GET',
      path: '/users/557058%3A4f9acfd2/manage?privileges=lifecycle.enablement',
      headers: { authorization: 'Bearer act' },
    })
  })

  it('is read by exactly the actions that change it', () => {
    expect(actionIds.filter((id) => actions[id].asksLifecycle)).toEqual(['activate-account', 'deactivate-account'])
  })

  it("contains Atlassian's reason when changes are not allowed", async () => {
    const reason = { key: 'externalDirectory.scim' }
    const { directory } = connect([enablement({ allowed: false, reason })])
    expect(await directory.lifecycle(accountId)).toEqual({ allowed: false, reason: 'externalDirectory.scim' })
  })

  it.each([{}, { 'lifecycle.enablement': {} }, { 'lifecycle.enablement': { allowed: 'true' } }])(
    'is an unexpected response when it is %j',
    async (body) => {
      const response = connect([{ body }]).directory.lifecycle(accountId)
      await expect(response).rejects.toMatchObject({ code: 'unexpected-response' })
    },
  )
})

describe('one account', () => {
  const reading = (row: unknown, roles: readonly unknown[], own: readonly unknown[] = []) => {
    const respond = ({ path, method }: Sent) => {
      if (path.endsWith('/users/search')) return page(row === undefined ? [] : [row])
      if (path.includes('/users/')) return page(roles)
      return page(method === 'GET' ? own : [])
    }
    return connect((sent) => ({ body: respond(sent) }))
  }
  const role = (directory: string | null, userDirectoryStatus: string | null) => ({
    directoryId: directory,
    userDirectoryStatus,
    roleAssignments: [],
  })

  it('is searched by id, with all parts expanded', async () => {
    const { directory, sent } = reading(userRow(), [role('d1', 'active')])
    await directory.readAccount(accountId, [])
    expect(sent[0]?.body).toEqual({
      accountIds: [accountId],
      limit: 1,
      expand: ['productAccess', 'platformRoles', 'groups'],
    })
  })

  it('is reported before each request of its own reading, and no longer', async () => {
    const { directory, sent } = reading(userRow(), [role('d1', 'active')])
    const before: number[] = []
    await directory.readAccount(accountId, [], async () => void before.push(sent.length))
    expect(before).toEqual(sent.map((_, index) => index))
    await directory.readAccount(accountId, [])
    expect(before.length).toBeLessThan(sent.length)
  })

  it('has the status of its roles in each directory', async () => {
    const roles = [
      role('d1', 'active'),
      role('d2', 'suspended'),
      role('d3', 'quantum'),
      role(null, null),
      role('d4', null),
    ]
    const { directory } = reading(userRow({ membershipStatus: 'suspended' }), roles)
    expect((await directory.readAccount(accountId, [])).directories).toEqual([
      { id: 'd1', status: 'active' },
      { id: 'd2', status: 'suspended' },
      { id: 'd3', status: 'unknown' },
      { id: 'd4', status: 'unknown' },
    ])
  })

  it('has an unknown status in a directory without a role', async () => {
    const { directory } = reading(userRow(), [role('d1', 'active')], [{ directoryId: 'd1' }, { directoryId: 'd2' }])
    expect((await directory.readAccount(accountId, [])).directories).toEqual([
      { id: 'd1', status: 'active' },
      { id: 'd2', status: 'unknown' },
    ])
  })

  it('is an admin by any admin role outside a product, and lists the roles that no group grants', async () => {
    const on = (resourceId: string, owner: string, one: string, how: string) => ({
      ...role('d1', 'active'),
      resourceId,
      resourceOwner: owner,
      roles: [one],
      roleAssignments: [{ role: one, roleAssignmentMethods: [how] }],
    })
    const { directory } = reading(userRow(), [
      on(jira, 'jira-software', 'atlassian/admin', 'direct'),
      on(desk, 'jira-servicedesk', 'atlassian/user', 'group_direct'),
      on('ari:cloud:jira-software::project/1', 'project', 'project/admin', 'direct'),
    ])
    const { platformRoles, ownRoles } = await directory.readAccount(accountId, [])
    expect([platformRoles, ownRoles]).toEqual([['atlassian/admin'], [jira]])
  })

  it.each([
    { roles: ['atlassian/admin'] },
    { roles: ['atlassian/admin'], roleAssignments: null },
    { roles: ['atlassian/admin'], roleAssignments: [] },
    { roleAssignments: [{ role: 'atlassian/admin', roleAssignmentMethods: ['direct'] }] },
    {
      roles: null,
      roleAssignments: [{ role: 'atlassian/admin', roleAssignmentMethods: ['group_direct', 'inferred'] }],
    },
    { roles: [], roleAssignments: [{ role: 'atlassian/admin' }] },
    { roles: ['atlassian/user'], roleAssignments: [{ role: 'atlassian/admin', roleAssignmentMethods: null }] },
    { roleAssignments: [{ role: 'atlassian/admin', roleAssignmentMethods: [] }] },
  ])('is an admin in its own right, by either field, unless a group grants the role: %j', async (fields) => {
    const { directory } = reading(userRow(), [
      { directoryId: 'd1', userDirectoryStatus: 'active', resourceId: jira, resourceOwner: 'jira-software', ...fields },
    ])
    const { platformRoles, ownRoles } = await directory.readAccount(accountId, [])
    expect([platformRoles, ownRoles]).toEqual([['atlassian/admin'], [jira]])
  })

  it('is an admin by a group without a role of its own', async () => {
    const roleAssignments = [{ role: 'atlassian/admin', roleAssignmentMethods: ['group_direct'] }]
    for (const fields of [{ roleAssignments }, { roles: ['atlassian/admin'], roleAssignments }]) {
      const { directory } = reading(userRow(), [{ resourceId: jira, resourceOwner: 'jira-software', ...fields }])
      const { platformRoles, ownRoles } = await directory.readAccount(accountId, [])
      expect([platformRoles, ownRoles]).toEqual([['atlassian/admin'], []])
    }
  })

  it.each([{}, { roles: null, roleAssignments: null }, { roleAssignments: [{ roleAssignmentMethods: ['direct'] }] }])(
    'is an unexpected response when a row has no roles: %j',
    async (fields) => {
      const { directory } = reading(userRow(), [role('d1', 'active'), { resourceId: jira, ...fields }])
      await expect(directory.readAccount(accountId, [])).rejects.toMatchObject({ code: 'unexpected-response' })
    },
  )

  it('without roles has its organization status in its only directory', async () => {
    const { directory, sent } = reading(userRow(), [], [{ directoryId: 'd1' }])
    expect((await directory.readAccount(accountId, [])).directories).toEqual([{ id: 'd1', status: 'active' }])
    expect(sent.at(-1)?.path).toBe(`${v2}/directories?limit=100&accountId=557058%3A4f9acfd2`)
  })

  it('without roles has an unknown status in each of several directories', async () => {
    const { directory } = reading(userRow(), [], [{ directoryId: 'd1' }, { directoryId: 'd2' }])
    expect((await directory.readAccount(accountId, [])).directories).toEqual([
      { id: 'd1', status: 'unknown' },
      { id: 'd2', status: 'unknown' },
    ])
  })

  it('that has left is not found', async () => {
    await expect(reading(undefined, []).directory.readAccount(accountId, [])).rejects.toMatchObject({
      code: 'not-found',
      message: `Account ${accountId} is no longer in the organization.`,
    })
  })
})

describe('workspaces', () => {
  const listed = async (...rows: readonly unknown[]) => connect([{ body: page(rows) }]).directory.workspaces()

  it('are products on sites, and a missing capacity is unknown, not zero', async () => {
    const limits = [50, 0, null, undefined].map((capacity) => workspaceRow(jira, { capacity }))
    expect((await listed(...limits)).map(({ capacity }) => capacity)).toEqual([50, 0, undefined, undefined])
    expect((await listed(workspaceRow(jira)))[0]).toEqual(workspace(jira, { capacity: 50 }))
  })

  it('show which products are sandboxes', async () => {
    const kinds = [{ type: 'CHILD' }, { type: 'NONE' }, { type: null }, null].map((sandbox) =>
      workspaceRow(jira, { sandbox }),
    )
    expect((await listed(...kinds)).map(({ sandbox }) => sandbox)).toEqual([true, false, false, false])
  })

  it('exclude entries without a site or seats', async () => {
    const rows = [
      workspaceRow('ari:cloud:trello::workspace/1', { hostUrl: null }),
      workspaceRow('ari:cloud:jira-admin::site/8f1c'),
      workspaceRow('ari:cloud:platform::site/8f1c'),
      workspaceRow(desk),
    ]
    expect((await listed(...rows)).map(({ ari }) => ari)).toEqual([desk])
  })
})

const acme = [workspace(jira), workspace(desk)]
const never = () => false

describe('groups that grant a workspace', () => {
  const connectTo = (group: unknown, roles: readonly unknown[]) =>
    connect(({ method }) => ({ body: page(method === 'POST' ? [group] : roles) }))

  const granted = async (directory: Directory, known: readonly GroupGrant[] = []) =>
    (await directory.readGroups(acme, known, never)).groups

  it('are listed with everything else that they grant', async () => {
    const { directory, sent } = connectTo(groupRow({ counts: { resources: 2 } }), [
      roleRow({ defaultRole: 'atlassian/user' }),
      roleRow({ resourceId: desk }),
    ])
    expect(await granted(directory)).toEqual([
      {
        id: groupId,
        directoryId,
        name: 'jira-users-acme',
        modifiable: true,
        isDefault: true,
        grants: [jira, desk],
        alsoGrants: [],
        adminRoles: [],
        rolesRead: { at: noon, resources: 2 },
      },
    ])
    const searchFor = (ari: string) => ({ resourceIds: [ari], limit: 100, expand: ['counts.resources'] })
    expect(sent.map(summary)).toEqual([
      ['POST', `${v2}/directories/-/groups/search`, searchFor(jira)],
      ['POST', `${v2}/directories/-/groups/search`, searchFor(desk)],
      ['GET', `${v2}/directories/${directoryId}/groups/${groupId}/role-assignments?limit=100`, undefined],
    ])
  })

  it.each([
    [{ managementAccess: { modifiable: true } }, true],
    [{ managementAccess: { modifiable: false } }, false],
    [{ managementAccess: { modifiable: null } }, false],
    [{ managementAccess: null }, false],
    [{ externalSynced: true }, false],
    [{ managedBy: 'external' }, false],
    [{ externalSynced: null, managedBy: null }, true],
  ])('are modifiable only without an obstacle: %j', async (changes, modifiable) => {
    const { directory } = connectTo(groupRow(changes), [roleRow()])
    expect((await directory.groupsNamed('jira-users-acme'))[0]?.modifiable).toBe(modifiable)
  })

  it('show what else they grant in any role, and whether they make their members admins', async () => {
    const { directory } = connectTo(groupRow(), [
      roleRow(),
      roleRow({ resourceId: desk, roles: ['atlassian/guest'] }),
      roleRow({ resourceId: 'ari:cloud:platform::site/8f1c', resourceOwner: 'platform', roles: ['user-access-admin'] }),
      roleRow({ resourceId: 'ari:cloud:jira-software::project/1', resourceOwner: 'project', roles: ['admin'] }),
    ])
    expect(await granted(directory)).toMatchObject([
      { grants: [jira], alsoGrants: [desk, 'ari:cloud:platform::site/8f1c'], adminRoles: ['user-access-admin'] },
    ])
  })

  it.each([{ roles: ['atlassian/guest'] }, { roles: [] }, { resourceOwner: 'project' }, { resourceOwner: 'platform' }])(
    'do not include groups with %j',
    async (changes) => {
      const { directory } = connectTo(groupRow(), [roleRow(changes)])
      expect(await directory.grantingGroups(brandId(jira), await granted(directory))).toEqual([])
    },
  )

  it('grant nothing when they were deleted after they were listed', async () => {
    const { directory } = connect(({ method }) =>
      method === 'POST' ? { body: page([groupRow()]) } : { status: 404, body: {} },
    )
    expect(await granted(directory)).toMatchObject([{ grants: [], adminRoles: [] }])
  })
})

it.each([
  ['group_direct', [], ['groups']],
  ['direct', [], undefined],
  ['group_direct', userRow().groups, undefined],
])('an account with a role by way of %s and groups %j is unreadable in %j', async (way, groups, unreadable) => {
  const roleAssignments = [{ role: 'atlassian/user', roleAssignmentMethods: [way] }]
  const own = { resourceId: jira, resourceOwner: 'jira-software', roleAssignments }
  const { directory } = connect(({ path }) => {
    if (path.endsWith('/users/search')) return { body: page([userRow({ groups })]) }
    if (path.endsWith('/groups/search')) return { body: page([groupRow()]) }
    return { body: page(path.includes('/users/') ? [own] : path.includes('/groups/') ? [roleRow()] : []) }
  })
  expect((await directory.readAccount(accountId, acme)).unreadable).toEqual(unreadable)
})

it.each([[[]], [[{ id: 't' }]], [[{ id: 't', lastAccess: null }]]])(
  'API tokens that were never used are no reason to keep an account: %j',
  async (body) => {
    expect(await connect([{ body }]).directory.tokenUsedAt(accountId)).toBeUndefined()
  },
)

describe('seats', () => {
  it('are counted by workspace, billable role and status', async () => {
    const { directory, sent } = connect([{ body: { count: 35 } }])
    expect(await directory.countSeats(brandId(jira))).toBe(35)
    expect(sent[0]?.path).toBe(
      `${v2}/directories/-/users/count?resourceIds=${encodeURIComponent(jira)}&roleIds=atlassian%2Fuser&status=active`,
    )
  })
})
