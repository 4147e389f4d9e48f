// The target: what an action aims at.

import type { AccountState } from './account-state.js'
import type { Change } from './change.js'
import type { WorkspaceAri } from './ids.js'

/** What an action aims at; `changes` and `before` are given by undo, which restores exactly what was recorded. */
export interface Target {
  readonly site?: string
  readonly product?: string
  readonly workspace?: WorkspaceAri
  readonly group?: string
  readonly changes?: readonly Change[]
  readonly before?: AccountState
}
