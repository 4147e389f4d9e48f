// The names of the actions, as policies and scripts write them.

export const actionIds = [
  'revoke-product-access',
  'grant-product-access',
  'suspend-access',
  'restore-access',
  'deactivate-account',
  'activate-account',
  'remove-from-group',
  'add-to-group',
] as const
export type ActionId = (typeof actionIds)[number]
