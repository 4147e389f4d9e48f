import type { Target } from '../model/target.js'
import type { Account } from '../model/account.js'
import { standingIn, standingOf } from '../model/directory-status.js'
import type { GroupGrant } from '../model/organization.js'
import { alreadySo, excluded, excludedByStatus, placeIn, placeOf, type Action } from './action.js'

declare module '../model/action-id.js' {
  interface ActionNeeds {
    'grant-product-access': 'product'
  }
}

/** The product's default group, when Rollcall can change it and it grants nothing else. */
const groupFor = (target: Target, groups: readonly GroupGrant[]): GroupGrant | undefined =>
  groups.find(
    ({ isDefault, modifiable, grants, alsoGrants = [], adminRoles = [] }) =>
      isDefault &&
      modifiable &&
      adminRoles.length === 0 &&
      grants.length > 0 &&
      [...grants, ...alsoGrants].every((ari) => ari === target.workspace),
  )

/** The statuses in the directories whose groups grant the product to the account. Only an active one holds a seat. */
function statusesOfAccess(account: Account, target: Target, groups: readonly GroupGrant[], several?: boolean) {
  const mine = new Set(account.groups.map(({ id }) => id))
  return groups
    .filter(({ id, grants }) => mine.has(id) && grants.some((ari) => ari === target.workspace))
    .map(({ directoryId }) => standingIn(account, directoryId, several))
}

export const grantProductAccess: Action<'grant-product-access'> = {
  meaning: 'Adds the account to the default group of one product on one site, when that group grants nothing else.',
  example: 'scope: { site: acme.atlassian.net, product: jira-software }\nactions: [grant-product-access]',
  needs: 'product',
  inverse: 'revoke-product-access',
  removesAccess: false,
  severity: 'product',
  population: 'organization',
  frees: 'nothing',
  permission: 'an organization API key without scopes, and a free seat',
  asksLifecycle: false,
  ownedBySource: false,
  describe: (target) => `grant ${placeOf(target)}`,
  undo: (target) => `remove from the group that granted ${placeOf(target)}`,
  precondition(account, target, groups, several) {
    const held = statusesOfAccess(account, target, groups, several)
    if (held.some((status) => status === 'active' || status === 'undecided'))
      return alreadySo({ code: 'already-has-product', ...placeIn(target) })
    if (held.includes('unknown')) return excluded({ code: 'status-unknown' })
    const group = groupFor(target, groups)
    const status =
      group === undefined ? (held[0] ?? standingOf(account)) : standingIn(account, group.directoryId, several)
    if (status !== 'active' && status !== 'undecided') return excludedByStatus(status)
    return group === undefined ? excluded({ code: 'no-default-group', ...placeIn(target) }) : undefined
  },
  changes({ accountId }, target, groups) {
    const group = groupFor(target, groups)
    return group === undefined
      ? []
      : [{ kind: 'add-to-group', accountId, directoryId: group.directoryId, groupId: group.id }]
  },
}
