import type { Target } from '../model/target.js'
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
    const mine = new Set(account.groups.map((group) => group.id))
    if (groups.some(({ id, grants }) => mine.has(id) && grants.some((ari) => ari === target.workspace)))
      return alreadySo({ code: 'already-has-product', ...placeIn(target) })
    const group = groupFor(target, groups)
    const status = group === undefined ? standingOf(account) : standingIn(account, group.directoryId, several)
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
