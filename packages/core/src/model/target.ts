// The target of an action: a product, a group, or the recorded changes that an undo reverses.

import type { AccountState } from './account-state.js'
import type { Change } from './change.js'
import type { WorkspaceAri } from './ids.js'

/** The target of an action. An undo sets `changes` and `before`: it restores exactly what the run recorded. */
export interface Target {
  readonly site?: string
  readonly product?: string
  readonly workspace?: WorkspaceAri
  readonly group?: string
  readonly changes?: readonly Change[]
  readonly before?: AccountState
}
