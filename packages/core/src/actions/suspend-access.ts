import { statusOf } from '../model/account.js'
import { alreadySo, excluded, excludedByStatus, ownedByIdentityProvider, type Action } from './action.js'

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
  describe: () => 'suspend access',
  undo: () => 'restore access, with the same groups and roles',
  precondition(account) {
    const status = statusOf(account)
    if (status === 'suspended') return alreadySo({ code: 'already-suspended' })
    if (status === 'not-member') return alreadySo({ code: 'not-a-member' })
    if (status !== 'active') return excludedByStatus(status)
    if (account.directories?.some(({ status: one }) => one === 'unknown') === true)
      return excluded({ code: 'directory-status-unknown' })
    return account.synced ? ownedByIdentityProvider : undefined
  },
  changes: ({ accountId, directories = [] }) =>
    directories
      .filter(({ status }) => status === 'active')
      .map(({ id }) => ({ kind: 'suspend', accountId, directoryId: id })),
}
