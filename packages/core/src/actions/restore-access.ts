import { statusOf } from '../model/account.js'
import { alreadySo, excluded, excludedByStatus, ownedByIdentityProvider, type Action } from './action.js'

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
  describe: () => 'restore access',
  undo: () => 'suspend access again',
  precondition(account) {
    const status = statusOf(account)
    if (status === 'active') return alreadySo({ code: 'already-active' })
    if (status !== 'suspended') return excludedByStatus(status)
    if (account.directories?.some(({ status: one }) => one === 'unknown') === true)
      return excluded({ code: 'directory-status-unknown' })
    return account.synced ? ownedByIdentityProvider : undefined
  },
  changes: ({ accountId, directories = [] }) =>
    directories
      .filter(({ status }) => status === 'suspended')
      .map(({ id }) => ({ kind: 'restore', accountId, directoryId: id })),
}
