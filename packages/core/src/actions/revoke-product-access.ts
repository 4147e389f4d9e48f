import type { Target } from '../model/target.js'
import type { Account } from '../model/account.js'
import { standingIn } from '../model/directory-status.js'
import type { GroupGrant } from '../model/organization.js'
import { alreadySo, excluded, placeIn, placeOf, type Action } from './action.js'

declare module '../model/action-id.js' {
  interface ActionNeeds {
    'revoke-product-access': 'product'
  }
}

/** The groups of the account that grant the target's workspace. Rollcall removes the account from all of them. */
function grantedBy(account: Account, target: Target, groups: readonly GroupGrant[]): readonly GroupGrant[] {
  const mine = new Set(account.groups.map((group) => group.id))
  return groups.filter(({ id, grants }) => mine.has(id) && grants.some((ari) => ari === target.workspace))
}

/** Unknown data decides before everything, and then a membership that holds a seat. */
const weight = ['unknown', 'active', 'undecided', 'suspended', 'deactivated', 'not-member'] as const

/**
 * The statuses in the directories of the groups, the decisive one first. A suspended or deactivated account uses no seat
 * there, and its owner needs the groups again after a restore.
 */
const statusesIn = (account: Account, groups: readonly GroupGrant[], several?: boolean) =>
  groups
    .map(({ directoryId }) => standingIn(account, directoryId, several))
    .toSorted((a, b) => weight.indexOf(a) - weight.indexOf(b))

export const revokeProductAccess: Action<'revoke-product-access'> = {
  meaning:
    'Removes the account from every group that grants one product on one site. The account keeps all other products: if one of the groups grants more, Rollcall excludes the account.',
  example: 'scope: { site: acme.atlassian.net, product: jira-software }\nactions: [revoke-product-access]',
  needs: 'product',
  inverse: 'grant-product-access',
  removesAccess: true,
  severity: 'product',
  population: 'scope',
  frees: 'product',
  permission: 'an organization API key without scopes',
  asksLifecycle: false,
  ownedBySource: false,
  describe: (target) => `revoke ${placeOf(target)}`,
  undo: (target) => `add again to the groups that granted ${placeOf(target)}`,
  precondition(account, target, groups, several) {
    const granting = grantedBy(account, target, groups)
    if (granting.length === 0)
      return account.products.some(({ workspace }) => workspace === target.workspace)
        ? excluded({ code: 'no-granting-group' })
        : alreadySo({ code: 'no-product-access', ...placeIn(target) })
    const [status] = statusesIn(account, granting, several)
    if (status === 'unknown') return excluded({ code: 'status-unknown' })
    if (status === 'suspended' || status === 'deactivated') return alreadySo({ code: 'holds-no-seat', status })
    if (status === 'not-member' && account.directories !== undefined) return alreadySo({ code: 'not-a-member' })
    const fixed = granting.find(({ modifiable }) => !modifiable)
    if (fixed !== undefined) return excluded({ code: 'group-not-changeable', group: fixed.name })
    const wider = granting.find(({ grants, alsoGrants = [] }) =>
      [...grants, ...alsoGrants].some((ari) => ari !== target.workspace),
    )
    if (wider !== undefined) return excluded({ code: 'group-grants-more', group: wider.name })
    return account.ownRoles?.some((ari) => ari === target.workspace) === true
      ? excluded({ code: 'directly-assigned-role', ...placeIn(target) })
      : undefined
  },
  changes: (account, target, groups) =>
    grantedBy(account, target, groups)
      .filter(({ directoryId }) => standingIn(account, directoryId) === 'active')
      .map(({ id, directoryId }) => ({
        kind: 'remove-from-group',
        accountId: account.accountId,
        directoryId,
        groupId: id,
      })),
}
