import { alreadySo, excluded, ownedElsewhere, type Action } from './action.js'

declare module '../model/action-id.js' {
  interface ActionNeeds {
    'deactivate-account': 'nothing'
  }
}

export const deactivateAccount: Action<'deactivate-account'> = {
  meaning:
    'Deactivates a managed account: its owner cannot log in to any Atlassian product until somebody activates it again. Rollcall judges it by activity in all of Atlassian, also outside the organization, and excludes accounts for which Atlassian does not list that.',
  example: 'scope: organization\nactions: [deactivate-account]',
  needs: 'nothing',
  inverse: 'activate-account',
  removesAccess: true,
  severity: 'account',
  population: 'scope',
  frees: 'every-product',
  permission: 'an organization API key without scopes, for a managed account',
  asksLifecycle: true,
  ownedBySource: true,
  describe: () => 'deactivate account',
  undo: () => 'activate account',
  precondition(account) {
    if (account.accountStatus === 'unknown') return excluded({ code: 'status-unknown' })
    if (account.accountStatus !== 'active') return alreadySo({ code: 'already-deactivated' })
    if (!account.managed) return excluded({ code: 'not-managed' })
    return ownedElsewhere(account)
  },
  changes: ({ accountId }) => [{ kind: 'deactivate', accountId }],
}
