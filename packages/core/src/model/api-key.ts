// The two API keys, and what each has to be able to do.

/** The two keys: one that only reads, and one without scopes for changes, which may be the same. */
export const keySlots = {
  read: { what: 'API key for reading', without: 'no roll can be taken any more, and no run goes on' },
  act: { what: 'API key for changes', without: 'every run stops before its first account' },
} as const satisfies Readonly<Record<string, { readonly what: string; readonly without: string }>>

export type KeySlot = keyof typeof keySlots

/** What is tried of a key, in this order. */
export const keyAbilities = {
  organization: { slot: 'read', what: 'read the organization' },
  directories: { slot: 'read', what: 'read its directories' },
  workspaces: { slot: 'read', what: 'read its sites and products' },
  accounts: { slot: 'read', what: 'read accounts, and when they were last active' },
  groups: { slot: 'read', what: 'read groups and what they grant' },
  changes: { slot: 'act', what: 'change accounts and groups' },
} as const satisfies Readonly<Record<string, { readonly slot: KeySlot; readonly what: string }>>

export type KeyAbility = keyof typeof keyAbilities
