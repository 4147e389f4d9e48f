import { alreadySo, ownedByIdentityProvider, spared, type Action } from './action.js'

/** Activates a deactivated managed account; a closed one cannot come back this way. */
export const activateAccount: Action = {
  inverse: 'deactivate-account',
  removesAccess: false,
  severity: 'account',
  permission: 'an organization API key without scopes, for a managed account',
  asksLifecycle: true,
  describe: () => 'activate account',
  undo: () => 'deactivate account',
  precondition(account) {
    if (account.accountStatus === 'active') return alreadySo('already active')
    if (account.accountStatus !== 'inactive') return spared(`account is ${account.accountStatus}`)
    if (!account.managed) return spared('not a managed account')
    return account.synced ? ownedByIdentityProvider : undefined
  },
  changes: ({ accountId }) => [{ kind: 'activate', accountId }],
}
