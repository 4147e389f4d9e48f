// What each action needs in addition to accounts. The compiler compares this with core.
import type { ActionId, ActionNeeds } from '@rollcall/core'

const needs: { readonly [Id in ActionId]: ActionNeeds[Id] } = {
  'revoke-product-access': 'product',
  'grant-product-access': 'product',
  'suspend-access': 'nothing',
  'restore-access': 'nothing',
  'deactivate-account': 'nothing',
  'activate-account': 'nothing',
  'remove-from-group': 'group',
  'add-to-group': 'group',
}

/** What an action needs; undefined for an unknown action. */
export const needOf = (action: string): ActionNeeds[ActionId] | undefined =>
  Object.entries(needs).find(([id]) => id === action)?.[1]
