import { statusOf } from '../model/account.js'
import { alreadySo, ownedByIdentityProvider, spared, type Action } from './action.js'

/** Suspends access to every directory that the person is active in; groups and roles stay and come back. */
export const suspendAccess: Action = {
  inverse: 'restore-access',
  removesAccess: true,
  severity: 'organization',
  permission: 'an organization API key without scopes',
  asksLifecycle: false,
  describe: () => 'suspend access',
  undo: () => 'restore access, with the same groups and roles',
  precondition(account) {
    const status = statusOf(account)
    if (status === 'suspended') return alreadySo('already suspended')
    if (status === 'not-member') return alreadySo('no longer a member')
    if (status !== 'active') return spared(`status is ${status}`)
    if (account.directories?.some(({ status: one }) => one === 'unknown') === true)
      return spared('standing in one of the directories is unknown')
    return account.synced ? ownedByIdentityProvider : undefined
  },
  changes: ({ accountId, directories = [] }) =>
    directories
      .filter(({ status }) => status === 'active')
      .map(({ id }) => ({ kind: 'suspend', accountId, directoryId: id })),
}
