// What an action needs in addition to accounts.
import type { ActionId, ActionNeeds } from '@rollcall/core'
import { actions } from '../messages/vocabulary'

/** What an action needs; undefined for an unknown action. */
export const needOf = (action: string): ActionNeeds[ActionId] | undefined =>
  Object.entries(actions).find(([id]) => id === action)?.[1].needs
