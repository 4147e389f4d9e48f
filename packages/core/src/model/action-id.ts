// The names of the actions, as policies and scripts write them.

/** What a request for each action names beside the accounts. Each action adds its own row, in its own file. */
export interface ActionNeeds {}
export type ActionId = keyof ActionNeeds
