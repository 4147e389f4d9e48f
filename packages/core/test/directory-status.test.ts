// Each action looks at the status in the directory that it touches, not at the status over all directories.

import { describe, expect, it } from 'vitest'
import { type Account, type ActionId, actions, exclusionText, type GroupGrant } from '../src/index.js'
import { access, account, group, jira, mainDirectory, secondDirectory, site } from '../src/testing/index.js'

type Status = NonNullable<Account['directories']>[number]['status']
const target = { site, product: 'jira-software', workspace: jira, group: 'staff' }
const here = group('jira-users', { grants: [jira], isDefault: true })
const there = group('jira-there', { grants: [jira], directoryId: secondDirectory })
const staff = group('staff', { directoryId: secondDirectory })

/** An account whose status in the two directories is this; without statuses, as a list shows it. */
function member(
  membershipStatus: Account['membershipStatus'],
  statuses: readonly Status[],
  groups: readonly GroupGrant[] = [],
) {
  const directories = statuses.map((status, n) => ({ id: n === 0 ? mainDirectory : secondDirectory, status }))
  return account({
    membershipStatus,
    products: groups.length === 0 ? [] : [access()],
    groups: groups.map(({ id, name }) => ({ id, name })),
    ...(statuses.length === 0 ? {} : { directories }),
  })
}
function judged(action: ActionId, one: Account, groups: readonly GroupGrant[]): string {
  const failed = actions[action].precondition(one, target, groups, true)
  if (failed !== undefined) return `${failed.kind}: ${exclusionText(failed.because)}`
  return one.directories === undefined ? 'asks' : String(actions[action].changes(one, target, groups).length)
}

describe('with several directories', () => {
  it.each<[ActionId, string, Account, readonly GroupGrant[], string]>([
    [
      'revoke-product-access',
      'suspended there, active elsewhere',
      member('active', ['suspended', 'active'], [here]),
      [here],
      'already-so: is suspended, and holds no seat',
    ],
    [
      'revoke-product-access',
      'active there, suspended elsewhere',
      member('active', ['active', 'suspended'], [here]),
      [here],
      '1',
    ],
    [
      'revoke-product-access',
      'in groups of both, active in one',
      member('active', ['active', 'suspended'], [here, there]),
      [here, there],
      '1',
    ],
    [
      'revoke-product-access',
      'unknown there',
      member('active', ['unknown', 'active'], [here]),
      [here],
      'excluded: status unknown',
    ],
    [
      'revoke-product-access',
      'no member there',
      member('active', ['no_membership', 'active'], [here]),
      [here],
      'already-so: no longer a member',
    ],
    ['revoke-product-access', 'known from a list only', member('active', [], [here]), [here], 'asks'],
    ['restore-access', 'suspended in one', member('active', ['suspended', 'active']), [], '1'],
    ['restore-access', 'active in both', member('active', ['active', 'active']), [], 'already-so: already active'],
    ['restore-access', 'active in a list', member('active', []), [], 'asks'],
    [
      'restore-access',
      'active, the other unknown',
      member('active', ['active', 'unknown']),
      [],
      'excluded: status in one directory is unknown',
    ],
    ['suspend-access', 'active in one', member('active', ['suspended', 'active']), [], '1'],
    [
      'suspend-access',
      'suspended in both',
      member('suspended', ['suspended', 'suspended']),
      [],
      'already-so: already suspended',
    ],
    ['suspend-access', 'active in a list', member('active', []), [], 'asks'],
    [
      'suspend-access',
      'suspended, and active in one',
      member('suspended', ['active', 'suspended']),
      [],
      'excluded: status unknown',
    ],
    [
      'suspend-access',
      'active, and suspended in both',
      member('active', ['suspended', 'suspended']),
      [],
      'excluded: status unknown',
    ],
    [
      'grant-product-access',
      'suspended there',
      member('active', ['suspended', 'active']),
      [here],
      'excluded: is suspended',
    ],
    [
      'grant-product-access',
      'in the granting group, suspended there',
      member('active', ['suspended', 'active'], [here]),
      [here],
      'excluded: is suspended',
    ],
    [
      'grant-product-access',
      'in a granting group that is no default group, suspended there',
      member('active', ['active', 'suspended'], [there]),
      [there],
      'excluded: is suspended',
    ],
    [
      'grant-product-access',
      'in the granting group, unknown there',
      member('active', ['unknown', 'active'], [here]),
      [here],
      'excluded: status unknown',
    ],
    [
      'grant-product-access',
      'suspended in the directory of its group, active in that of the default group',
      member('active', ['active', 'suspended'], [there]),
      [here, there],
      '1',
    ],
    [
      'grant-product-access',
      'in the granting group, active there',
      member('active', ['active', 'suspended'], [here]),
      [here],
      'already-so: already has Jira (acme)',
    ],
    [
      'grant-product-access',
      'in the granting group, suspended everywhere in a list',
      member('suspended', [], [here]),
      [here],
      'excluded: is suspended',
    ],
    ['grant-product-access', 'active there', member('active', ['active', 'suspended']), [here], '1'],
    ['grant-product-access', 'known from a list only', member('active', []), [here], 'asks'],
    ['add-to-group', 'suspended there', member('active', ['active', 'suspended']), [staff], 'excluded: is suspended'],
    ['add-to-group', 'active there', member('active', ['suspended', 'active']), [staff], '1'],
    [
      'remove-from-group',
      'unknown there',
      member('active', ['active', 'unknown'], [staff]),
      [staff],
      'excluded: status unknown',
    ],
  ])('%s of an account that is %s', (action, _what, one, groups, expected) => {
    expect(judged(action, one, groups)).toBe(expected)
  })

  it('restore-access of an account that is active, with one directory, is already so', () => {
    expect(actions['restore-access'].precondition(member('active', []), target, [])?.kind).toBe('already-so')
  })
})
