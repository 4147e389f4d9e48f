import { alreadySo, ownedByIdentityProvider, spared, type Action } from './action.js'

/** Deactivates a managed account: no Atlassian log-in anywhere until it is activated again. */
export const deactivateAccount: Action = {
  inverse: 'activate-account',
  removesAccess: true,
  severity: 'account',
  permission: 'an organization API key without scopes, for a managed account',
  asksLifecycle: true,
  describe: () => 'deactivate account',
  undo: () => 'activate account',
  precondition(account) {
    if (account.accountStatus === 'unknown') return spared('status unknown')
    if (account.accountStatus !== 'active') return alreadySo('already deactivated')
    if (!account.managed) return spared('not a managed account')
    return account.synced ? ownedByIdentityProvider : undefined
  },
  changes: ({ accountId }) => [{ kind: 'deactivate', accountId }],
}
