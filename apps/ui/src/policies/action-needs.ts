// What each action needs beside accounts, as core declares it: the compiler finds the action that is missing or differs.
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

/** What the action of a document or a choice needs; undefined for a name that is no action. */
export const needOf = (action: string): ActionNeeds[ActionId] | undefined =>
  Object.entries(needs).find(([id]) => id === action)?.[1]
