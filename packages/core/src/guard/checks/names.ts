// Checks whether everything that should exclude accounts from the plan fits at least one account.

import { listed } from '../../model/listed.js'
import { found, type Check } from '../check.js'

export const excludesNobody: Check = ({ excludesNobody: names = [], actions }) =>
  names.length === 0 || actions.length === 0
    ? undefined
    : found(
        `These exclusions match 0 accounts, so they exclude nobody: ${listed(names)}. Most likely a name is mistyped.`,
        names.length,
        0,
      )
