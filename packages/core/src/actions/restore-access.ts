import { statusOf } from '../model/account.js'
import { alreadySo, ownedByIdentityProvider, spared, type Action } from './action.js'

/** Restores access to every directory in which the person is suspended. */
export const restoreAccess: Action = {
  inverse: 'suspend-access',
  removesAccess: false,
  severity: 'organization',
  permission: 'an organization API key without scopes',
  asksLifecycle: false,
  describe: () => 'restore access',
  undo: () => 'suspend access again',
  precondition(account) {
    const status = statusOf(account)
    if (status === 'active') return alreadySo('already active')
    if (status !== 'suspended') return spared(`status is ${status}`)
    if (account.directories?.some(({ status: one }) => one === 'unknown') === true)
      return spared('standing in one of the directories is unknown')
    return account.synced ? ownedByIdentityProvider : undefined
  },
  changes: ({ accountId, directories = [] }) =>
    directories
      .filter(({ status }) => status === 'suspended')
      .map(({ id }) => ({ kind: 'restore', accountId, directoryId: id })),
}
