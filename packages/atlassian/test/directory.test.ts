// The Directory: which request each operation makes, and what it makes of the answer.

import { actionIds, actions, brandId, type Change } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { desk, directoryId, groupId, groupRow, jira, page, roleRow, userRow, workspace, workspaceRow } from './rows.js'
import { connect, key, organizationId, yes, type Reply, type Sent } from './scripted.js'

const v2 = `/admin/v2/orgs/${organizationId}`
const accountId = brandId<Change['accountId']>('557058:4f9acfd2')
const ids = { accountId, directoryId: brandId<never>(directoryId), groupId: brandId<never>(groupId) }
const said = ({ method, path, body }: Sent) => [method, path, body]

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
  ])('%j is one request', async (change, request) => {
    const { directory, sent } = connect([{ status: 204 }])
    expect(await directory.apply(change, yes)).toBe('accepted')
    expect(sent.map(said)).toEqual([request])
  })

  it('goes out with the key for changes, a read with the key for reads', async () => {
    const { directory, sent } = connect([{ status: 204 }, { body: { count: 1 } }], { actKey: 'act' })
    await directory.apply({ kind: 'suspend', ...ids }, yes)
    await directory.countAccounts()
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual(['Bearer act', `Bearer ${key}`])
  })

  it('says that it sends JSON only where there is a body', async () => {
    const { directory, sent } = connect([{ status: 204 }, { status: 204 }])
    await directory.apply({ kind: 'suspend', ...ids }, yes)
    await directory.apply({ kind: 'add-to-group', ...ids }, yes)
    expect(sent.map(({ headers }) => headers['content-type'])).toEqual([undefined, 'application/json'])
  })

  it('cannot leave its place in the path, whatever an id holds', async () => {
    const { directory, sent } = connect([{ status: 204 }])
    await directory.apply({ kind: 'suspend', accountId: brandId('../../x?y'), directoryId: brandId('a/b') }, yes)
    expect(sent[0]?.path).toBe(`${v2}/directories/a%2Fb/users/..%2F..%2Fx%3Fy/suspend`)
  })
})

describe('the lifecycle of an account', () => {
  const enablement = (value: unknown): Reply => ({ body: { 'lifecycle.enablement': value } })
  it('is asked for at /manage, with the key that will make the change', async () => {
    const { directory, sent } = connect([enablement({ allowed: true })], { actKey: 'act' })
    expect(await directory.lifecycle(accountId)).toEqual({ allowed: true })
    expect(sent[0]).toMatchObject({
      method: 'GET',
      path: '/users/557058%3A4f9acfd2/manage?privileges=lifecycle.enablement',
      headers: { authorization: 'Bearer act' },
    })
  })

  it('is asked for by exactly the actions that change it', () => {
    expect(actionIds.filter((id) => actions[id].asksLifecycle)).toEqual(['activate-account', 'deactivate-account'])
  })

  it('gives the reason of Atlassian when it may not change', async () => {
    const reason = { key: 'externalDirectory.scim' }
    const { directory } = connect([enablement({ allowed: false, reason })])
    expect(await directory.lifecycle(accountId)).toEqual({ allowed: false, reason: 'externalDirectory.scim' })
  })

  it.each([{}, { 'lifecycle.enablement': {} }, { 'lifecycle.enablement': { allowed: 'true' } }])(
    'is not taken for allowed when the answer is %j',
    async (body) => {
      const asked = connect([{ body }]).directory.lifecycle(accountId)
      await expect(asked).rejects.toMatchObject({ code: 'unexpected-response' })
    },
  )
})

describe('one account', () => {
  const reading = (row: unknown, roles: readonly unknown[], own: readonly unknown[] = []) => {
    const answer = ({ path, method }: Sent) => {
      if (path.endsWith('/users/search')) return page(row === undefined ? [] : [row])
      if (path.includes('/users/')) return page(roles)
      return page(method === 'GET' ? own : [])
    }
    return connect((sent) => ({ body: answer(sent) }))
  }
  const role = (directory: string | null, userDirectoryStatus: string | null) => ({
    directoryId: directory,
    userDirectoryStatus,
    roleAssignments: [],
  })

  it('is searched for by its id, with everything expanded', async () => {
    const { directory, sent } = reading(userRow(), [role('d1', 'active')])
    await directory.readAccount(accountId, [])
    expect(sent[0]?.body).toEqual({
      accountIds: [accountId],
      limit: 1,
      expand: ['productAccess', 'platformRoles', 'groups'],
    })
  })

  it('stands in each directory as its roles say', async () => {
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

  it('stands also in a directory where it has no role, in a way that nobody knows', async () => {
    const { directory } = reading(userRow(), [role('d1', 'active')], [{ directoryId: 'd1' }, { directoryId: 'd2' }])
    expect((await directory.readAccount(accountId, [])).directories).toEqual([
      { id: 'd1', status: 'active' },
      { id: 'd2', status: 'unknown' },
    ])
  })

  it('is an admin by any role but those inside a product, and tells the roles that no group gives', async () => {
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
  ])(
    'is an admin in their own right, whichever field tells it, unless a group is named as the way: %j',
    async (told) => {
      const { directory } = reading(userRow(), [
        { directoryId: 'd1', userDirectoryStatus: 'active', resourceId: jira, resourceOwner: 'jira-software', ...told },
      ])
      const { platformRoles, ownRoles } = await directory.readAccount(accountId, [])
      expect([platformRoles, ownRoles]).toEqual([['atlassian/admin'], [jira]])
    },
  )

  it('is an admin by a group without a role of their own', async () => {
    const roleAssignments = [{ role: 'atlassian/admin', roleAssignmentMethods: ['group_direct'] }]
    for (const told of [{ roleAssignments }, { roles: ['atlassian/admin'], roleAssignments }]) {
      const { directory } = reading(userRow(), [{ resourceId: jira, resourceOwner: 'jira-software', ...told }])
      const { platformRoles, ownRoles } = await directory.readAccount(accountId, [])
      expect([platformRoles, ownRoles]).toEqual([['atlassian/admin'], []])
    }
  })

  it.each([{}, { roles: null, roleAssignments: null }, { roleAssignments: [{ roleAssignmentMethods: ['direct'] }] }])(
    'is not read from a row without roles: %j',
    async (told) => {
      const { directory } = reading(userRow(), [role('d1', 'active'), { resourceId: jira, ...told }])
      await expect(directory.readAccount(accountId, [])).rejects.toMatchObject({ code: 'unexpected-response' })
    },
  )

  it('without roles stands in its only directory as it stands in the organization', async () => {
    const { directory, sent } = reading(userRow(), [], [{ directoryId: 'd1' }])
    expect((await directory.readAccount(accountId, [])).directories).toEqual([{ id: 'd1', status: 'active' }])
    expect(sent.at(-1)?.path).toBe(`${v2}/directories?limit=100&accountId=557058%3A4f9acfd2`)
  })

  it('without roles stands in several directories in a way that nobody knows', async () => {
    const { directory } = reading(userRow(), [], [{ directoryId: 'd1' }, { directoryId: 'd2' }])
    expect((await directory.readAccount(accountId, [])).directories).toEqual([
      { id: 'd1', status: 'unknown' },
      { id: 'd2', status: 'unknown' },
    ])
  })

  it.each([[undefined], [userRow({ accountId: 'another' })]])('that is gone is not found: %j', async (row) => {
    await expect(reading(row, []).directory.readAccount(accountId, [])).rejects.toMatchObject({
      code: 'not-found',
      message: `Account ${accountId} is no longer in the organization.`,
    })
  })
})

describe('workspaces', () => {
  const listed = async (...rows: readonly unknown[]) => connect([{ body: page(rows) }]).directory.workspaces()

  it('are products on sites; no capacity is unknown, not zero', async () => {
    const limits = [50, 0, null, undefined].map((capacity) => workspaceRow(jira, { capacity }))
    expect((await listed(...limits)).map(({ capacity }) => capacity)).toEqual([50, 0, undefined, undefined])
    expect((await listed(workspaceRow(jira)))[0]).toEqual(workspace(jira, { capacity: 50 }))
  })

  it('tell sandboxes apart', async () => {
    const kinds = [{ type: 'CHILD' }, { type: 'NONE' }, { type: null }, null].map((sandbox) =>
      workspaceRow(jira, { sandbox }),
    )
    expect((await listed(...kinds)).map(({ sandbox }) => sandbox)).toEqual([true, false, false, false])
  })

  it('leave out what has no site or sells no seat', async () => {
    const rows = [
      workspaceRow('ari:cloud:trello::workspace/1', { hostUrl: null }),
      workspaceRow('ari:cloud:jira-admin::site/8f1c'),
      workspaceRow('ari:cloud:platform::site/8f1c'),
      workspaceRow(desk),
    ]
    expect((await listed(...rows)).map(({ ari }) => ari)).toEqual([desk])
  })
})

describe('groups that grant a workspace', () => {
  const answering = (group: unknown, roles: readonly unknown[]) =>
    connect(({ method }) => ({ body: page(method === 'POST' ? [group] : roles) }))

  it('are told with everything else that they grant', async () => {
    const { directory, sent } = answering(groupRow(), [
      roleRow({ defaultRole: 'atlassian/user' }),
      roleRow({ resourceId: desk }),
    ])
    expect(await directory.grantingGroups(brandId(jira))).toEqual(
      [
        {
          ...ids,
          id: groupId,
          name: 'jira-users-acme',
          modifiable: true,
          isDefault: true,
          grants: [jira, desk],
          alsoGrants: [],
          adminRoles: [],
        },
      ].map(({ accountId: _, groupId: __, ...group }) => group),
    )
    expect(sent.map(said)).toEqual([
      ['POST', `${v2}/directories/-/groups/search`, { resourceIds: [jira], limit: 100 }],
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
  ])('may be changed only where nothing speaks against it: %j', async (changes, modifiable) => {
    const { directory } = answering(groupRow(changes), [roleRow()])
    expect((await directory.groupsNamed('any'))[0]?.modifiable).toBe(modifiable)
  })

  it('tell what else they grant, in whatever role, and whom they make an admin', async () => {
    const { directory } = answering(groupRow(), [
      roleRow(),
      roleRow({ resourceId: desk, roles: ['atlassian/guest'] }),
      roleRow({ resourceId: 'ari:cloud:platform::site/8f1c', resourceOwner: 'platform', roles: ['user-access-admin'] }),
      roleRow({ resourceId: 'ari:cloud:jira-software::project/1', resourceOwner: 'project', roles: ['admin'] }),
    ])
    expect(await directory.grantingGroups(brandId(jira))).toMatchObject([
      { grants: [jira], alsoGrants: [desk, 'ari:cloud:platform::site/8f1c'], adminRoles: ['user-access-admin'] },
    ])
  })

  it.each([{ roles: ['atlassian/guest'] }, { roles: [] }, { resourceOwner: 'project' }, { resourceOwner: 'platform' }])(
    'are not those with %j',
    async (changes) => {
      const { directory } = answering(groupRow(), [roleRow(changes)])
      expect(await directory.grantingGroups(brandId(jira))).toEqual([])
    },
  )

  it('are read again for a roll, unless that was within a minute', async () => {
    const { directory, sent, clock } = connect(() => ({ body: page([]) }))
    const roll = async (ms: number) => {
      clock.step(ms)
      await directory.workspaces()
      await directory.grantingGroups(brandId(jira))
      return sent.filter(({ path }) => path.endsWith('/groups/search')).length
    }
    expect([await roll(0), await roll(59_999), await roll(1)]).toEqual([1, 1, 2])
  })

  it('are remembered for five minutes', async () => {
    const { directory, sent, clock } = connect(() => ({ body: page([]) }))
    const after = async (ms: number) => {
      clock.step(ms)
      await directory.grantingGroups(brandId(jira))
      return sent.length
    }
    expect([await after(0), await after(299_999), await after(1), await after(-1)]).toEqual([1, 1, 2, 3])
  })
})

describe('what the groups of an account grant', () => {
  const change: Change = { kind: 'suspend', ...ids }
  const answer = ({ path, method }: Sent): Reply => {
    if (path.endsWith('/suspend')) return { status: 204 }
    if (path.endsWith('/users/search')) return { body: page([userRow()]) }
    if (path.endsWith('/groups/search')) return { body: page([groupRow()]) }
    return { body: page(path.includes('/groups/') && method === 'GET' ? [roleRow()] : []) }
  }
  const acme = [workspace(jira), workspace(desk)]

  it.each([
    [0, 60_000, 'accepted'],
    [0, 60_001, 'withheld'],
    [44_999, 15_001, 'accepted'],
    [44_999, 15_002, 'withheld'],
    [0, -1, 'withheld'],
  ])(
    'was read at most 60 seconds before a change: read again after %i ms, sent after %i more',
    async (old, wait, told) => {
      const { directory, sent, clock } = connect(answer)
      await directory.grantingGroups(brandId(jira))
      clock.step(old)
      await directory.readAccount(accountId, acme)
      clock.step(wait)
      expect(await directory.apply(change, yes)).toBe(told)
      expect(sent.filter(({ path }) => path.endsWith('/suspend'))).toHaveLength(told === 'accepted' ? 1 : 0)
    },
  )

  it('is asked for again with the account when it was withheld for its age', async () => {
    const { directory, clock } = connect(answer)
    await directory.grantingGroups(brandId(jira))
    clock.step(44_999)
    await directory.readAccount(accountId, acme)
    clock.step(20_000)
    expect(await directory.apply(change, yes)).toBe('withheld')
    await directory.readAccount(accountId, acme)
    expect(await directory.apply(change, yes)).toBe('accepted')
  })

  it('asks for no permission that it would not use, and heeds the time that the permission takes', async () => {
    const { directory, clock, sent } = connect(answer)
    await directory.readAccount(accountId, acme)
    clock.step(60_000)
    const slow = async () => {
      clock.step(1)
      return true
    }
    const before = sent.length
    expect(await directory.apply(change, slow)).toBe('withheld')
    const asked = () => Promise.reject(new Error('was asked'))
    expect(await directory.apply(change, asked)).toBe('withheld')
    expect(sent).toHaveLength(before)
  })

  it('is read once for accounts that are read one after another, and once for all products of a group', async () => {
    const { directory, sent } = connect(answer)
    for (let count = 0; count < 20; count += 1) await directory.readAccount(accountId, acme)
    const paths = sent.map(({ path }) => path).filter((path) => path.includes('/groups/'))
    expect(paths.filter((path) => path.endsWith('/groups/search'))).toHaveLength(2)
    expect(paths.filter((path) => path.includes('/role-assignments'))).toHaveLength(1)
  })

  it('is read again of its own groups only, so that hundreds of others, whose reading takes minutes, hinder no change', async () => {
    const many = Array.from({ length: 200 }, (_, n) => ({ ...groupRow(), id: `other-${n}` }))
    const slow = (sent: Sent): Reply => {
      clock.step(1000)
      return sent.path.endsWith('/groups/search') ? { body: page([groupRow(), ...many]) } : answer(sent)
    }
    const { directory, sent, clock } = connect(slow)
    await directory.readAccount(accountId, acme)
    expect(await directory.apply(change, yes)).toBe('accepted')
    const before = sent.length
    clock.step(60_000)
    await directory.readAccount(accountId, acme)
    expect(await directory.apply(change, yes)).toBe('accepted')
    const again = sent.slice(before).filter(({ path }) => path.includes('/groups/'))
    expect(again.map(({ path }) => path.includes(groupRow().id))).toEqual([true])
  })

  it('is nothing of a group that was deleted after it was listed', async () => {
    const gone = (sent: Sent): Reply =>
      sent.path.includes('/groups/') && sent.method === 'GET' ? { status: 404, body: {} } : answer(sent)
    const { directory } = connect(gone)
    expect(await directory.grantingGroups(brandId(jira))).toEqual([])
  })
})

describe('seats', () => {
  it('are counted by workspace, billable role and status', async () => {
    const { directory, sent } = connect([{ body: { count: 35 } }])
    expect(await directory.countSeats(brandId(jira))).toBe(35)
    expect(sent[0]?.path).toBe(
      `${v2}/directories/-/users/count?resourceIds=${encodeURIComponent(jira)}&roleIds=atlassian%2Fuser&status=active`,
    )
  })
})
