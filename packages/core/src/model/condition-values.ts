// The names of the conditions, as policies write them.

/** The value that each condition compares with. The file of each condition adds its row. */
export interface ConditionValues {}
export type ConditionId = keyof ConditionValues
