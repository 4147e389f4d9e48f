import { standingsOf } from '../model/directory-status.js'
import { alreadySo, excluded, excludedByStatus, ownedElsewhere, type Action } from './action.js'

declare module '../model/action-id.js' {
  interface ActionNeeds {
    'restore-access': 'nothing'
  }
}

export const restoreAccess: Action<'restore-access'> = {
  meaning: 'Restores access to every directory in which the account is suspended.',
  example: 'scope: organization\nactions: [restore-access]',
  needs: 'nothing',
  inverse: 'suspend-access',
  removesAccess: false,
  severity: 'organization',
  population: 'scope',
  frees: 'nothing',
  permission: 'an organization API key without scopes',
  asksLifecycle: false,
  ownedBySource: true,
  describe: () => 'restore access',
  undo: () => 'suspend access again',
  precondition(account, _target, _groups, several) {
    const { standing, partlyUnknown, active, suspended } = standingsOf(account, several)
    if (standing === 'unknown' || standing === 'deactivated') return excludedByStatus(standing)
    if (partlyUnknown) return excluded({ code: 'directory-status-unknown' })
    if (!suspended) return active ? alreadySo({ code: 'already-active' }) : excludedByStatus('not-member')
    return ownedElsewhere(account)
  },
  changes: ({ accountId, directories = [] }) =>
    directories
      .filter(({ status }) => status === 'suspended')
      .map(({ id }) => ({ kind: 'restore', accountId, directoryId: id })),
}
