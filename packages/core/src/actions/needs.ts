// What a request has to name in addition to its accounts.

import type { ActionId } from '../model/action-id.js'
import { actions } from './index.js'

interface Named {
  readonly product: string | undefined
  readonly group: string | undefined
}

/** True if a request names a group although its action changes none. */
export const namesNeedlessGroup = (action: ActionId, { group }: Pick<Named, 'group'>): boolean =>
  group !== undefined && actions[action].needs !== 'group'

/** What a request lacks for its action; undefined when it names everything. */
export function missingFor(action: ActionId, { product, group }: Named): 'product' | 'group' | undefined {
  const { needs } = actions[action]
  if (needs === 'product' && product === undefined) return 'product'
  return needs === 'group' && group === undefined ? 'group' : undefined
}
