// A change: one request to Atlassian, how to see whether it is applied, and the change that reverses it.

import type { Account } from './account.js'
import type { AccountId, DirectoryId, GroupId } from './ids.js'

/** One change to Atlassian: a single request, idempotent in effect. */
export type Change =
  | { readonly kind: 'suspend' | 'restore'; readonly accountId: AccountId; readonly directoryId: DirectoryId }
  | {
      readonly kind: 'add-to-group' | 'remove-from-group'
      readonly accountId: AccountId
      readonly directoryId: DirectoryId
      readonly groupId: GroupId
    }
  | { readonly kind: 'deactivate' | 'activate'; readonly accountId: AccountId }

/** True if the account's data shows the change, false if it does not; undefined if the data is not enough to decide. */
export function isApplied(change: Change, account: Account): boolean | undefined {
  switch (change.kind) {
    case 'suspend':
    case 'restore': {
      const membership = account.directories?.find((directory) => directory.id === change.directoryId)
      if (membership === undefined || membership.status === 'unknown') return undefined
      return membership.status === (change.kind === 'suspend' ? 'suspended' : 'active')
    }
    case 'add-to-group':
    case 'remove-from-group':
      if (account.unreadable?.includes('groups') === true) return undefined
      return account.groups.some((group) => group.id === change.groupId) === (change.kind === 'add-to-group')
    case 'deactivate':
    case 'activate':
      if (account.accountStatus === 'unknown') return undefined
      return (account.accountStatus === 'active') === (change.kind === 'activate')
  }
}

const opposite = {
  suspend: 'restore',
  restore: 'suspend',
  'add-to-group': 'remove-from-group',
  'remove-from-group': 'add-to-group',
  deactivate: 'activate',
  activate: 'deactivate',
} as const

/** The change that reverses this one. */
export const inverseOf = (change: Change): Change => ({ ...change, kind: opposite[change.kind] }) as Change

/** The resource that a change modifies: a membership, a group, or the account itself. */
export function resourceOf(change: Change): string {
  if ('groupId' in change) return `group ${change.groupId}`
  return 'directoryId' in change ? `membership ${change.directoryId}` : 'account'
}
