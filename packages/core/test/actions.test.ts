// The eight actions: their preconditions, the changes they make, and their undo.

import { describe, expect, it } from 'vitest'
import {
  type Account,
  type ActionId,
  actionIds,
  actions,
  type Change,
  type GroupGrant,
  inverseOf,
  isApplied,
  type Target,
  exclusionText,
} from '../src/index.js'
import {
  access,
  account,
  accountId,
  confluence,
  group,
  jira,
  mainDirectory,
  secondDirectory,
  site,
} from '../src/testing/index.js'

const target: Target = { site, product: 'jira-software', workspace: jira }
const users = group('jira-users', { grants: [jira], isDefault: true })
const testers = group('jira-testers', { grants: [jira], directoryId: secondDirectory })
const wide = group('all-in-one', { grants: [jira, confluence] })
const synced = group('okta', { grants: [jira], modifiable: false })
const wiki = group('confluence-users', { grants: [confluence], isDefault: true })

const inGroups = (...groups: GroupGrant[]): Partial<Account> => ({
  products: groups.some(({ grants }) => grants.includes(jira)) ? [access()] : [],
  groups: groups.map(({ id, name }) => ({ id, name })),
})
const both = (first: 'active' | 'suspended', second: 'active' | 'suspended') => ({
  directories: [
    { id: mainDirectory, status: first },
    { id: secondDirectory, status: second },
  ],
})
const one = accountId('person-1')

interface Case {
  readonly action: ActionId
  readonly of: string
  readonly account: Partial<Account>
  readonly groups?: readonly GroupGrant[]
  readonly target?: Target
  readonly expected: string | readonly Change[]
}
const inGroup = (kind: 'add-to-group' | 'remove-from-group', { id, directoryId }: GroupGrant): Change => ({
  kind,
  accountId: one,
  directoryId,
  groupId: id,
})
const named = (name: string): Target => ({ group: name })

const cases: readonly Case[] = [
  {
    action: 'revoke-product-access',
    of: 'the member of one group',
    account: inGroups(users),
    groups: [users, testers],
    expected: [inGroup('remove-from-group', users)],
  },
  {
    action: 'revoke-product-access',
    of: 'the member of groups in two directories',
    account: inGroups(users, testers),
    groups: [users, testers],
    expected: [inGroup('remove-from-group', users), inGroup('remove-from-group', testers)],
  },
  {
    action: 'revoke-product-access',
    of: 'somebody without the product',
    account: {},
    groups: [users],
    expected: 'already-so: has no access to Jira (acme)',
  },
  {
    action: 'revoke-product-access',
    of: 'somebody whose access comes from no visible group',
    account: { products: [access()] },
    groups: [users],
    expected: 'excluded: no visible group grants this product',
  },
  {
    action: 'revoke-product-access',
    of: 'the member of a synced group',
    account: inGroups(users, synced),
    groups: [users, synced],
    expected: 'excluded: the identity provider owns group okta, or the API key cannot change it',
  },
  {
    action: 'revoke-product-access',
    of: 'the member of a group that also grants another product',
    account: inGroups(wide),
    groups: [users, wide],
    expected: 'excluded: in a group that also grants other products: all-in-one',
  },
  {
    action: 'revoke-product-access',
    of: 'a member of another product, whose group stays',
    account: inGroups(users, wiki),
    groups: [users],
    expected: [inGroup('remove-from-group', users)],
  },

  {
    action: 'grant-product-access',
    of: 'somebody without the product',
    account: {},
    groups: [testers, users],
    expected: [inGroup('add-to-group', users)],
  },
  {
    action: 'grant-product-access',
    of: 'somebody who has it',
    account: inGroups(testers),
    groups: [testers, users],
    expected: 'already-so: already has Jira (acme)',
  },
  {
    action: 'grant-product-access',
    of: 'somebody suspended',
    account: { membershipStatus: 'suspended' },
    groups: [users],
    expected: 'excluded: is suspended',
  },
  {
    action: 'grant-product-access',
    of: 'somebody, when the default group also grants another product',
    account: {},
    groups: [{ ...wide, isDefault: true }],
    expected: 'excluded: Jira (acme) has no default group that grants it alone and can be changed',
  },
  {
    action: 'grant-product-access',
    of: 'somebody, when the default group is synced',
    account: {},
    groups: [{ ...synced, isDefault: true }],
    expected: 'excluded: Jira (acme) has no default group that grants it alone and can be changed',
  },

  {
    action: 'suspend-access',
    of: 'an active member',
    account: { directories: [{ id: mainDirectory, status: 'active' }] },
    expected: [{ kind: 'suspend', accountId: one, directoryId: mainDirectory }],
  },
  {
    action: 'suspend-access',
    of: 'a member of two directories',
    account: both('active', 'active'),
    expected: [mainDirectory, secondDirectory].map((directoryId) => ({ kind: 'suspend', accountId: one, directoryId })),
  },
  {
    action: 'suspend-access',
    of: 'a member suspended in one of two',
    account: both('suspended', 'active'),
    expected: [{ kind: 'suspend', accountId: one, directoryId: secondDirectory }],
  },
  {
    action: 'suspend-access',
    of: 'somebody suspended',
    account: { membershipStatus: 'suspended' },
    expected: 'already-so: already suspended',
  },
  {
    action: 'suspend-access',
    of: 'somebody deactivated',
    account: { accountStatus: 'inactive' },
    expected: 'excluded: is deactivated',
  },
  {
    action: 'suspend-access',
    of: 'somebody with an unknown status',
    account: { membershipStatus: 'unknown' },
    expected: 'excluded: status unknown',
  },
  {
    action: 'suspend-access',
    of: 'a synced account',
    account: { synced: true },
    expected: 'excluded: owned by the identity provider, which would undo the change',
  },

  {
    action: 'restore-access',
    of: 'somebody suspended in two directories',
    account: { membershipStatus: 'suspended', ...both('suspended', 'suspended') },
    expected: [mainDirectory, secondDirectory].map((directoryId) => ({ kind: 'restore', accountId: one, directoryId })),
  },
  { action: 'restore-access', of: 'somebody active', account: {}, expected: 'already-so: already active' },
  {
    action: 'restore-access',
    of: 'somebody deactivated',
    account: { accountStatus: 'inactive' },
    expected: 'excluded: is deactivated',
  },
  {
    action: 'restore-access',
    of: 'a synced account',
    account: { membershipStatus: 'suspended', synced: true },
    expected: 'excluded: owned by the identity provider, which would undo the change',
  },

  {
    action: 'deactivate-account',
    of: 'a managed account',
    account: {},
    expected: [{ kind: 'deactivate', accountId: one }],
  },
  {
    action: 'deactivate-account',
    of: 'an inactive account',
    account: { accountStatus: 'inactive' },
    expected: 'already-so: already deactivated',
  },
  {
    action: 'deactivate-account',
    of: 'an external account',
    account: { managed: false },
    expected: 'excluded: not a managed account',
  },
  {
    action: 'deactivate-account',
    of: 'a synced account',
    account: { synced: true },
    expected: 'excluded: owned by the identity provider, which would undo the change',
  },
  {
    action: 'deactivate-account',
    of: 'an account of unknown status',
    account: { accountStatus: 'unknown' },
    expected: 'excluded: status unknown',
  },

  {
    action: 'activate-account',
    of: 'a deactivated account',
    account: { accountStatus: 'inactive' },
    expected: [{ kind: 'activate', accountId: one }],
  },
  { action: 'activate-account', of: 'an active account', account: {}, expected: 'already-so: already active' },
  {
    action: 'activate-account',
    of: 'a closed account',
    account: { accountStatus: 'closed' },
    expected: 'excluded: account is closed',
  },
  {
    action: 'activate-account',
    of: 'an external account',
    account: { accountStatus: 'inactive', managed: false },
    expected: 'excluded: not a managed account',
  },
  {
    action: 'activate-account',
    of: 'a synced account',
    account: { accountStatus: 'inactive', synced: true },
    expected: 'excluded: owned by the identity provider, which would undo the change',
  },

  {
    action: 'remove-from-group',
    of: 'a member',
    account: inGroups(users),
    groups: [users],
    target: named('jira-users'),
    expected: [inGroup('remove-from-group', users)],
  },
  {
    action: 'remove-from-group',
    of: 'a member of two groups with the same name in two directories',
    account: inGroups(users, testers),
    groups: [users, testers],
    target: named('x'),
    expected: [inGroup('remove-from-group', users), inGroup('remove-from-group', testers)],
  },
  {
    action: 'remove-from-group',
    of: 'somebody who is not a member',
    account: {},
    groups: [users],
    target: named('jira-users'),
    expected: 'already-so: not in group jira-users',
  },
  {
    action: 'remove-from-group',
    of: 'the member of a synced group',
    account: inGroups(synced),
    groups: [synced],
    target: named('okta'),
    expected: 'excluded: the identity provider owns group okta, or the API key cannot change it',
  },

  {
    action: 'add-to-group',
    of: 'somebody who is not a member',
    account: {},
    groups: [users],
    target: named('jira-users'),
    expected: [inGroup('add-to-group', users)],
  },
  {
    action: 'add-to-group',
    of: 'a member',
    account: inGroups(users),
    groups: [users],
    target: named('jira-users'),
    expected: 'already-so: already in group jira-users',
  },
  {
    action: 'add-to-group',
    of: 'somebody, when the group does not exist',
    account: {},
    groups: [],
    target: named('x'),
    expected: 'excluded: there is no group x',
  },
  {
    action: 'add-to-group',
    of: 'somebody, when two directories have the group',
    account: {},
    groups: [users, testers],
    target: named('x'),
    expected: 'excluded: several directories have a group x',
  },
  {
    action: 'add-to-group',
    of: 'somebody, when the group is synced',
    account: {},
    groups: [synced],
    target: named('okta'),
    expected: 'excluded: the identity provider owns group okta, or the API key cannot change it',
  },
  {
    action: 'add-to-group',
    of: 'somebody suspended',
    account: { membershipStatus: 'suspended' },
    groups: [users],
    target: named('jira-users'),
    expected: 'excluded: is suspended',
  },
]

describe.each(actionIds)('%s', (id) => {
  const action = actions[id]

  it.each(cases.filter((found) => found.action === id).map((found) => [found.of, found] as const))(
    'for %s',
    (_of, found) => {
      const person = account(found.account)
      const [aim, groups] = [found.target ?? target, found.groups ?? []]
      const failed = action.precondition(person, aim, groups)
      expect(
        failed === undefined ? action.changes(person, aim, groups) : `${failed.kind}: ${exclusionText(failed.because)}`,
      ).toEqual(found.expected)
    },
  )

  it('is the inverse of its inverse, and one of the two removes access', () => {
    expect(actions[action.inverse].inverse).toBe(id)
    expect(actions[action.inverse].removesAccess).toBe(!action.removesAccess)
    expect(actions[action.inverse].severity).toBe(action.severity)
  })

  it('describes itself, its undo and its permission in words', () => {
    for (const text of [action.describe(target), action.undo(target), action.permission])
      expect(text.length).toBeGreaterThan(7)
  })
})

describe('a change', () => {
  const directories = both('active', 'suspended').directories
  it.each<[string, Change, Partial<Account>, boolean | undefined]>([
    ['suspend, not yet', { kind: 'suspend', accountId: one, directoryId: mainDirectory }, { directories }, false],
    ['suspend, done', { kind: 'suspend', accountId: one, directoryId: secondDirectory }, { directories }, true],
    ['restore, done', { kind: 'restore', accountId: one, directoryId: mainDirectory }, { directories }, true],
    [
      'suspend in a directory that the response lacks',
      { kind: 'suspend', accountId: one, directoryId: mainDirectory },
      {},
      undefined,
    ],
    [
      'suspend when the directory status is unknown',
      { kind: 'suspend', accountId: one, directoryId: mainDirectory },
      { directories: [{ id: mainDirectory, status: 'unknown' }] },
      undefined,
    ],
    ['add to a group, done', inGroup('add-to-group', users), inGroups(users), true],
    ['remove from a group, not yet', inGroup('remove-from-group', users), inGroups(users), false],
    ['deactivate, done', { kind: 'deactivate', accountId: one }, { accountStatus: 'inactive' }, true],
    ['activate, not yet', { kind: 'activate', accountId: one }, { accountStatus: 'inactive' }, false],
    [
      'deactivate when the status is unknown',
      { kind: 'deactivate', accountId: one },
      { accountStatus: 'unknown' },
      undefined,
    ],
  ])('knows whether it is applied: %s', (_name, change, changes, expected) => {
    expect(isApplied(change, account(changes))).toBe(expected)
  })

  it('inverted twice is the change itself', () => {
    const change = inGroup('add-to-group', users)
    expect(inverseOf(change)).toEqual(inGroup('remove-from-group', users))
    expect(inverseOf(inverseOf(change))).toEqual(change)
  })
})
