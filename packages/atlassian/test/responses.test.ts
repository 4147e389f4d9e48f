// Unexpected responses: the client guesses nothing and uses no defaults.

import { type Account, type Change, isApplied, lastActiveAnywhere, protectedBy } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { connect, type Reply } from './scripted.js'
import { desk, grant, groupId, jira, page, userRow, workspace } from './rows.js'
import { readAccountRow } from '../src/accounts.js'
import { userRow as schema } from '../src/user-rows.js'

const read = (changes: Readonly<Record<string, unknown>>, workspaces = [workspace(jira)]) =>
  readAccountRow(schema.parse(userRow(changes)), workspaces, [grant()])
const lastActive = (entries: unknown, changes: Readonly<Record<string, unknown>> = {}) =>
  read({ ...changes, productAccess: entries }).products.map((product) => product.lastActive)
const used = (lastActiveTimestamp: unknown, id = jira) => ({ id, key: 'k', lastActiveTimestamp })

describe('an invalid page', () => {
  it.each<[string, Reply, RegExp]>([
    [
      'an HTML page',
      { body: '<!doctype html><title>Log in</title>' },
      /an HTML page instead of JSON\. Check Atlassian.s address and proxies; nothing was changed/,
    ],
    ['cut JSON', { body: '{"data":[{"accountId":"55' }, /broken JSON instead of JSON/],
    ['nothing', { body: '' }, /broken JSON/],
    ['a list without data', { body: { links: {} } }, /something unexpected at data/],
    [
      'an account without an id',
      { body: page([userRow({ accountId: undefined })]) },
      /unexpected at data\.0\.accountId/,
    ],
    ['a redirect', { status: 302, body: '' }, /responded with 302/],
  ])('is refused: %s', async (_, reply, message) => {
    const { directory, sent } = connect([reply])
    const refused = directory.readAccounts([], [])
    await expect(refused).rejects.toMatchObject({ name: 'DirectoryError', code: 'unexpected-response' })
    await expect(refused).rejects.toThrow(message)
    expect(sent).toHaveLength(1)
  })

  it.each([{ count: -1 }, { count: 1.5 }, { count: '35' }, { count: null }, {}, { data: { count: 1 } }])(
    'is refused in place of a count: %j',
    async (body) => {
      await expect(connect([{ body }]).directory.countAccounts()).rejects.toMatchObject({ code: 'unexpected-response' })
    },
  )
})

describe('an odd field of one account', () => {
  it.each<[string, Readonly<Record<string, unknown>>, string, Partial<Account>]>([
    ['no roles', { platformRoles: undefined }, 'platformRoles', { platformRoles: [] }],
    [
      'roles that are no texts',
      { platformRoles: ['atlassian/org-admin', 5] },
      'platformRoles',
      { platformRoles: ['atlassian/org-admin'] },
    ],
    ['no groups', { groups: undefined }, 'groups', { groups: [] }],
    ['groups that are null', { groups: null }, 'groups', { groups: [] }],
    [
      'a group without a name',
      {
        groups: [
          { id: 'g', name: null },
          { id: 'h', name: 'vip' },
        ],
      },
      'groups',
      {
        groups: [
          { id: 'g', name: '' },
          { id: 'h', name: 'vip' },
        ] as never,
      },
    ],
    ['a group that is no object', { groups: ['g'] }, 'groups', { groups: [] }],
    ['a name that is a number', { name: 5 }, 'name', { name: '' }],
    ['no status', { accountStatus: undefined }, 'accountStatus', { accountStatus: 'unknown' }],
    ['a membership that is null', { membershipStatus: null }, 'membershipStatus', { membershipStatus: 'unknown' }],
    ['no type', { accountType: undefined }, 'accountType', { accountType: 'unknown' }],
    ['a claim that is a list', { claimStatus: [] }, 'claimStatus', { managed: false, claimUnknown: true }],
    ['an owner that is a number', { managementSource: 7 }, 'managementSource', { synced: false, sourceUnknown: true }],
    ['a joining date that is a number', { addedToOrg: 5 }, 'addedToOrg', { addedAt: undefined }],
    ['product access that is a text', { productAccess: 'x' }, 'productAccess', {}],
    ['a use that is a number', { productAccess: [{ id: jira, lastActiveTimestamp: 5 }] }, 'productAccess', {}],
  ])('excludes only that account: %s', async (_what, odd, field, expected) => {
    const body = page([userRow({ accountId: 'odd', ...odd }), userRow(), null, { accountId: 7 }])
    const { accounts } = await connect([{ body }]).directory.readAccounts([], [])
    expect(accounts.map(({ accountId, unreadable }) => [accountId, unreadable])).toEqual([
      ['odd', [field]],
      ['557058:4f9acfd2', undefined],
    ])
    const [first] = accounts
    expect(first).toMatchObject(expected)
    expect(first && protectedBy(first, [], Date.UTC(2026, 10, 30))?.code).toMatch(/data-unreadable|admin/)
    if (field === 'productAccess') expect(first && lastActiveAnywhere(first).kind).toBe('unknown')
  })

  it('is a page without accounts when no row has an id', async () => {
    await expect(connect([{ body: page([{}, null]) }]).directory.readAccounts([], [])).rejects.toMatchObject({
      code: 'unexpected-response',
    })
    await expect(connect([{ body: page([]) }]).directory.readAccounts([], [])).resolves.toEqual({ accounts: [] })
  })

  it('does not make a change of its groups look applied', () => {
    const one = read({ groups: undefined })
    const change = { accountId: one.accountId, directoryId: 'd', groupId: 'g' } as never as Change
    for (const kind of ['add-to-group', 'remove-from-group'] as const)
      expect(isApplied({ ...change, kind } as Change, one)).toBeUndefined()
  })
})

describe('an unknown value', () => {
  it('of a status makes it unknown', () => {
    const { accountStatus, membershipStatus } = read({ accountStatus: 'quantum', membershipStatus: 'invited' })
    expect({ accountStatus, membershipStatus }).toEqual({ accountStatus: 'unknown', membershipStatus: 'unknown' })
  })

  it.each(['active', 'inactive', 'closed'])('does not include the account status %s', (accountStatus) => {
    expect(read({ accountStatus }).accountStatus).toBe(accountStatus)
  })

  it.each(['active', 'suspended', 'no_membership'])('does not include the membership status %s', (membershipStatus) => {
    expect(read({ membershipStatus }).membershipStatus).toBe(membershipStatus)
  })

  it.each([
    ['synced', true],
    ['quantum', true],
    ['invited', false],
    [null, false],
  ])('of the management source counts as an identity provider: %s', (managementSource, synced) => {
    expect(read({ managementSource }).synced).toBe(synced)
    expect(read({ managementSource }).sourceUnknown).toBe(managementSource === null ? true : undefined)
  })

  it.each([
    ['managed', true],
    ['unmanaged', false],
    ['quantum', false],
  ])('of the claim does not make the account managed: %s', (claimStatus, managed) => {
    expect(read({ claimStatus }).managed).toBe(managed)
  })

  it('of the account type is kept', () => {
    expect(read({ accountType: 'quantum' }).accountType).toBe('quantum')
  })
})

describe('the last activity', () => {
  it('is the instant in the response, to the millisecond', () => {
    expect(lastActive([used('2026-11-06T23:07:29.936941226Z')])).toEqual([
      { kind: 'at', at: Date.parse('2026-11-06T23:07:29.936Z') },
    ])
  })

  it('is marked when the date has no time', () => {
    expect(lastActive([used('2026-11-06')])).toEqual([{ kind: 'at', at: Date.UTC(2026, 10, 6), dateOnly: true }])
  })

  it('is never, since the account joined, when there is no entry for the product', () => {
    expect(lastActive([])).toEqual([{ kind: 'never', since: Date.UTC(2024, 0, 1) }])
    expect(lastActive([used('2026-11-06T00:00:00Z', 'ari:cloud:confluence::site/8f1c')])).toMatchObject([
      { kind: 'never' },
    ])
  })

  it.each([null, undefined, '', 'yesterday', '0', '1970-01-01T00:00:00Z', '1970-01-02', '1999-12-31T00:00:00Z'])(
    'is unknown for the timestamp %j',
    (timestamp) => {
      expect(lastActive([used(timestamp)])).toEqual([{ kind: 'unknown', why: 'Atlassian sent an unreadable date' }])
    },
  )

  it.each([null, undefined])('is unknown when product access is %j', (entries) => {
    expect(lastActive(entries)).toEqual([{ kind: 'unknown', why: 'Atlassian sent no product access' }])
  })

  it.each([null, undefined, 'once'])('is unknown without an entry when the account joined at %j', (addedToOrg) => {
    expect(lastActive([], { addedToOrg })).toEqual([
      { kind: 'unknown', why: 'Atlassian does not say when the account joined' },
    ])
    expect(read({ addedToOrg }).addedAt).toBeUndefined()
  })

  it('is the newest of several, and unknown when one is unreadable', () => {
    const [old, fresh] = [used('2026-01-01T00:00:00Z'), used('2026-10-01T00:00:00Z')]
    expect(lastActive([fresh, old])).toEqual([{ kind: 'at', at: Date.UTC(2026, 9, 1) }])
    expect(lastActive([fresh, used(null)])).toMatchObject([{ kind: 'unknown' }])
  })

  it('is found under every name of a product', () => {
    for (const [mine, theirs] of [
      [desk, 'ari:cloud:jira-service-desk::site/8f1c'],
      [jira, 'ari:cloud:jira-core::site/8f1c'],
      [jira, 'ari:cloud:jira::site/8f1c'],
    ] as const) {
      const changes = { productAccess: [used('2026-10-01T00:00:00Z', theirs)], groups: [] }
      expect(read(changes, [workspace(mine)]).usedOnly).toMatchObject([{ workspace: mine, lastActive: { kind: 'at' } }])
    }
  })

  it('does not count for a product on another site', () => {
    const elsewhere = used('2026-10-01T00:00:00Z', 'ari:cloud:jira-software::site/other')
    expect(lastActive([elsewhere])).toMatchObject([{ kind: 'never' }])
  })
})

describe('an account', () => {
  it('has the products that its groups grant, and no access to those that it has only used', () => {
    const sandbox = workspace('ari:cloud:jira-software::site/sandbox', { sandbox: true })
    const cancelled = workspace('ari:cloud:loom::site/8f1c', { offline: true })
    const all = [workspace(jira), workspace(desk), sandbox, cancelled]
    const access = (changes: Readonly<Record<string, unknown>>) => {
      const { products, usedOnly = [] } = read(changes, all)
      return [products, usedOnly].map((list) => list.map((one) => one.workspace))
    }
    const entries = [desk, sandbox.ari, cancelled.ari].map((ari) => used('2026-01-01', ari))
    expect(access({ productAccess: [] })).toEqual([[jira], []])
    expect(access({ productAccess: entries })).toEqual([[jira], [desk]])
    expect(access({ productAccess: [used('2026-01-01')], groups: [] })).toEqual([[], [jira]])
    expect(access({ productAccess: [], groups: [] })).toEqual([[], []])
  })

  it('has access by a role of its own, where the read shows its roles', () => {
    const row = schema.parse(userRow({ productAccess: [used('2026-01-01'), used('2026-01-01', desk)], groups: [] }))
    const { products, usedOnly } = readAccountRow(row, [workspace(jira), workspace(desk)], [grant()], [desk])
    expect([products, usedOnly].map((list) => list?.map((one) => one.workspace))).toEqual([[desk], [jira]])
  })

  it('lists its groups by bare id, even when Atlassian sends an ARI', () => {
    const named = (id: string) => read({ groups: [{ id, name: 'n' }] }).groups
    expect(named(`ari:cloud:identity::group/${groupId}`)).toEqual([{ id: groupId, name: 'n' }])
    expect(named(groupId)).toEqual([{ id: groupId, name: 'n' }])
  })

  it('may have null in every text that people can leave empty', () => {
    expect(read({ name: null, email: null, managementSource: null })).toMatchObject({ name: '', email: '' })
  })
})
