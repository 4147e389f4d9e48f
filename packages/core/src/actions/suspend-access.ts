import { standingsOf } from '../model/directory-status.js'
import { alreadySo, excluded, excludedByStatus, ownedElsewhere, type Action } from './action.js'

declare module '../model/action-id.js' {
  interface ActionNeeds {
    'suspend-access': 'nothing'
  }
}

export const suspendAccess: Action<'suspend-access'> = {
  meaning:
    'Suspends access to every directory in which the account is active. Its groups and roles stay and come back with it.',
  example: 'scope: organization\nactions: [suspend-access]',
  needs: 'nothing',
  inverse: 'restore-access',
  removesAccess: true,
  severity: 'organization',
  population: 'scope',
  frees: 'every-product',
  permission: 'an organization API key without scopes',
  asksLifecycle: false,
  ownedBySource: true,
  describe: () => 'suspend access',
  undo: () => 'restore access, with the same groups and roles',
  precondition(account) {
    const { standing, partlyUnknown, active, suspended } = standingsOf(account)
    if (standing === 'unknown' || standing === 'deactivated') return excludedByStatus(standing)
    if (partlyUnknown) return excluded({ code: 'directory-status-unknown' })
    if (!active) return alreadySo({ code: suspended ? 'already-suspended' : 'not-a-member' })
    return ownedElsewhere(account)
  },
  changes: ({ accountId, directories = [] }) =>
    directories
      .filter(({ status }) => status === 'active')
      .map(({ id }) => ({ kind: 'suspend', accountId, directoryId: id })),
}
