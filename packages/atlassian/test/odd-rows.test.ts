// One odd row of a listing: what it describes is unknown, and the rest of the organization stays readable.

import { brandId, protectedBy, type AccountId } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { grant, groupId, groupRow, jira, page, roleRow, userRow, workspace, workspaceRow } from './rows.js'
import { connect, noon, type Reply, type Sent } from './scripted.js'

const accountId = brandId<AccountId>('557058:4f9acfd2')
const other = { id: 'other', name: 'other' }
const acme = [workspace(jira)]

/** An organization of two groups, of which the first has this row and these roles. */
function organization(row: unknown, roles: readonly unknown[] = [roleRow()]) {
  const respond = ({ path, body }: Sent): Reply => {
    if (path.endsWith('/users/search'))
      return { body: page([userRow(), userRow({ accountId: 'other', groups: [other] })]) }
    if (path.endsWith('/groups/search'))
      return { body: page((body as { groupIds?: unknown }).groupIds === undefined ? [row, groupRow(other)] : [row]) }
    if (path.includes('/groups/other/')) return { body: page([roleRow()]) }
    return { body: page(path.includes('/groups/') ? roles : []) }
  }
  return connect(respond).directory
}

describe('an odd group', () => {
  const oddRows: readonly [string, unknown, readonly unknown[] | undefined][] = [
    ['has no directory', groupRow({ directoryId: null }), undefined],
    ['has a directory that is a number', groupRow({ directoryId: 7 }), undefined],
    ['has no id', groupRow({ id: null }), undefined],
    ['has a role without roles', groupRow(), [roleRow({ roles: null })]],
    ['has a role on nothing', groupRow(), [roleRow({ resourceId: undefined })]],
    ['has a role that is a number', groupRow(), [roleRow({ roles: ['atlassian/user', 5] })]],
    ['has a role that is null', groupRow(), [null]],
    ['has a second role that is odd', groupRow(), [roleRow(), roleRow({ roles: {}, resourceId: 'ari:x' })]],
  ]

  it.each(oddRows)('that %s excludes its own members only', async (_, row, roles) => {
    const directory = organization(row, roles)
    const { groups } = await directory.readGroups(acme, [], () => false)
    const { accounts } = await directory.readAccounts(acme, groups)
    expect(accounts.map((one) => protectedBy(one, [], noon)?.code)).toEqual(['data-unreadable', undefined])
    expect(accounts[1]?.products).toHaveLength(1)
  })

  it.each(oddRows)('that %s excludes its member at the last look too', async (_, row, roles) => {
    const account = await organization(row, roles).readAccount(accountId, acme)
    expect(protectedBy(account, [], noon)?.code).toBe('data-unreadable')
  })

  it.each(oddRows.filter(([what]) => what !== 'has no id'))(
    'that %s grants the products that list it, and nobody joins or leaves it',
    async (_, row, roles) => {
      const { groups } = await organization(row, roles).readGroups(acme, [], () => false)
      expect(groups.find(({ id }) => id === groupId)).toMatchObject({ grants: [jira], modifiable: false })
    },
  )

  it('without an id may be each known one that is no longer listed', async () => {
    const directory = organization({ ...groupRow({ name: null }), id: undefined })
    const { groups } = await directory.readGroups(acme, [grant()], () => false)
    expect(groups.find(({ id }) => id === groupId)).toMatchObject({ grants: [jira], unreadable: true })
  })

  it.each([{ externalSynced: 'no' }, { managedBy: {} }, { managementAccess: [] }, { name: 5 }])(
    'with %j keeps its members, and nobody joins or leaves it',
    async (odd) => {
      const directory = organization(groupRow(odd))
      const { groups } = await directory.readGroups(acme, [], () => false)
      expect(groups.find(({ id }) => id === groupId)).toMatchObject({ grants: [jira], modifiable: false })
      expect((await directory.readAccounts(acme, groups)).accounts[0]?.unreadable).toBeUndefined()
    },
  )

  it('is read again once it is readable', async () => {
    const { groups } = await organization(groupRow({ directoryId: null })).readGroups(acme, [], () => false)
    const later = await organization(groupRow()).readGroups(acme, groups, () => false)
    expect(later.groups.find(({ id }) => id === groupId)).toMatchObject({ grants: [jira], modifiable: true })
    expect(later.groups.every(({ unreadable }) => unreadable === undefined)).toBe(true)
  })
})

describe('an odd workspace', () => {
  const listed = (row: unknown) => connect([{ body: page([row, workspaceRow(jira)]) }]).directory.workspaces()

  it.each([{ capacity: '50' }, { capacity: {} }, { capacity: Number.NaN }])(
    'with %j has an unknown capacity',
    async (odd) => {
      const [first, second] = await listed(workspaceRow('ari:cloud:confluence::site/8f1c', odd))
      expect([first?.capacity, second?.capacity]).toEqual([undefined, 50])
    },
  )

  it.each([
    workspaceRow('ari:cloud:confluence::site/8f1c', { hostUrl: 5 }),
    workspaceRow('ari:cloud:confluence::site/8f1c', { sandbox: 'none', status: 5 }),
    { id: 'ari:cloud:confluence::site/8f1c', attributes: null },
    { id: null, attributes: {} },
    null,
  ])('leaves the others readable: %j', async (row) => {
    expect((await listed(row)).map(({ ari }) => ari)).toContain(jira)
  })
})

it('an odd directory still counts as one, with an unknown status in it', async () => {
  const odd = [{ directoryId: null, name: 5 }, { directoryId: 'd2' }]
  expect(await connect([{ body: page(odd) }]).directory.directories()).toHaveLength(2)
  const { directory } = connect(({ path }) => {
    if (path.endsWith('/users/search')) return { body: page([userRow()]) }
    if (path.endsWith('/groups/search')) return { body: page([groupRow()]) }
    return { body: page(path.includes('/directories?') ? odd : []) }
  })
  const { directories = [] } = await directory.readAccount(accountId, acme)
  expect(directories.map(({ status }) => status)).toEqual(['unknown', 'unknown'])
})

it.each(['groups', 'workspaces'])('a list of %s without a single id is refused', async (what) => {
  const { directory } = connect([{ body: page([{ id: 5 }, null]) }])
  const read = what === 'workspaces' ? directory.workspaces() : directory.readGroups(acme, [], () => false)
  await expect(read).rejects.toMatchObject({ code: 'unexpected-response' })
})
