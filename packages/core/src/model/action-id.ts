// The names of the actions, as policies and scripts write them.

/** What a plan request names in addition to the accounts, by action. The file of each action adds its row. */
export interface ActionNeeds {}
export type ActionId = keyof ActionNeeds
