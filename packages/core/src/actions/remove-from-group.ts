import { standingIn } from '../model/directory-status.js'
import { alreadySo, excluded, type Action } from './action.js'

declare module '../model/action-id.js' {
  interface ActionNeeds {
    'remove-from-group': 'group'
  }
}

export const removeFromGroup: Action<'remove-from-group'> = {
  meaning: 'Removes the account from one group, by name, in every directory that has it.',
  example: 'scope: organization\nactions: [remove-from-group]\ngroup: contractors',
  needs: 'group',
  inverse: 'add-to-group',
  removesAccess: true,
  severity: 'product',
  population: 'scope',
  frees: 'nothing',
  permission: 'an organization API key without scopes',
  asksLifecycle: false,
  ownedBySource: false,
  describe: (target) => `remove from group ${target.group ?? ''}`,
  undo: (target) => `add to group ${target.group ?? ''}`,
  precondition(account, target, groups) {
    const group = target.group ?? ''
    const mine = new Set(account.groups.map(({ id }) => id))
    const joined = groups.filter(({ id }) => mine.has(id))
    if (joined.length === 0) return alreadySo({ code: 'not-in-group', group })
    if (joined.some(({ directoryId }) => standingIn(account, directoryId) === 'unknown'))
      return excluded({ code: 'status-unknown' })
    return joined.every(({ modifiable }) => modifiable) ? undefined : excluded({ code: 'group-not-changeable', group })
  },
  changes({ accountId, groups: mine }, _target, groups) {
    const joined = groups.filter(({ id }) => mine.some((group) => group.id === id))
    return joined.map(({ id, directoryId }) => ({ kind: 'remove-from-group', accountId, directoryId, groupId: id }))
  },
}
