import { alreadySo, excluded, ownedElsewhere, type Action } from './action.js'

declare module '../model/action-id.js' {
  interface ActionNeeds {
    'activate-account': 'nothing'
  }
}

export const activateAccount: Action<'activate-account'> = {
  meaning: 'Activates a deactivated managed account. It cannot bring back a closed account.',
  example: 'scope: organization\nactions: [activate-account]',
  needs: 'nothing',
  inverse: 'deactivate-account',
  removesAccess: false,
  severity: 'account',
  population: 'scope',
  frees: 'nothing',
  permission: 'an organization API key without scopes, for a managed account',
  asksLifecycle: true,
  ownedBySource: true,
  describe: () => 'activate account',
  undo: () => 'deactivate account',
  precondition(account) {
    if (account.accountStatus === 'active') return alreadySo({ code: 'already-active' })
    if (account.accountStatus === 'unknown') return excluded({ code: 'status-unknown' })
    if (account.accountStatus !== 'inactive') return excluded({ code: 'account-status', status: account.accountStatus })
    if (!account.managed) return excluded({ code: 'not-managed' })
    return ownedElsewhere(account)
  },
  changes: ({ accountId }) => [{ kind: 'activate', accountId }],
}
