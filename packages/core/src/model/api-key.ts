// The two API keys, and what Rollcall does with each.

/** The two keys: one that reads, and one without scopes for changes. They can be the same key. */
export const keySlots = {
  read: { what: 'API key for reading', name: 'read API key', without: 'syncs and runs stop' },
  act: { what: 'API key for changes', name: 'API key for changes', without: 'every run stops before its first change' },
} as const satisfies Readonly<
  Record<string, { readonly what: string; readonly name: string; readonly without: string }>
>

export type KeySlot = keyof typeof keySlots

/** What the key check tries, in this order. */
export const keyAbilities = {
  organization: { slot: 'read', what: 'read the organization' },
  directories: { slot: 'read', what: 'read its directories' },
  workspaces: { slot: 'read', what: 'read its sites and products' },
  accounts: { slot: 'read', what: 'read accounts, and when they were last active' },
  groups: { slot: 'read', what: 'read groups and what they grant' },
  changes: { slot: 'act', what: 'change accounts and groups' },
} as const satisfies Readonly<Record<string, { readonly slot: KeySlot; readonly what: string }>>

export type KeyAbility = keyof typeof keyAbilities
