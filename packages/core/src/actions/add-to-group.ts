import { standingIn } from '../model/directory-status.js'
import { alreadySo, excluded, excludedByStatus, type Action } from './action.js'

declare module '../model/action-id.js' {
  interface ActionNeeds {
    'add-to-group': 'group'
  }
}

export const addToGroup: Action<'add-to-group'> = {
  meaning:
    'Adds the account to one group, by name. Rollcall excludes every account where several directories have a group of that name.',
  example: 'scope: organization\nactions: [add-to-group]\ngroup: alumni',
  needs: 'group',
  inverse: 'remove-from-group',
  removesAccess: false,
  severity: 'product',
  population: 'scope',
  frees: 'nothing',
  permission: 'an organization API key without scopes, and a free seat if the group grants one',
  asksLifecycle: false,
  ownedBySource: false,
  describe: (target) => `add to group ${target.group ?? ''}`,
  undo: (target) => `remove from group ${target.group ?? ''}`,
  precondition(account, target, groups, several) {
    const [group, another] = groups
    const named = target.group ?? ''
    if (group === undefined) return excluded({ code: 'group-missing', group: named })
    if (another !== undefined) return excluded({ code: 'group-ambiguous', group: named })
    if (account.groups.some(({ id }) => id === group.id))
      return alreadySo({ code: 'already-in-group', group: group.name })
    if (!group.modifiable) return excluded({ code: 'group-not-changeable', group: group.name })
    const status = standingIn(account, group.directoryId, several)
    return status === 'active' || status === 'undecided' ? undefined : excludedByStatus(status)
  },
  changes: ({ accountId }, _target, groups) =>
    groups.map(({ id, directoryId }) => ({ kind: 'add-to-group', accountId, directoryId, groupId: id })),
}
