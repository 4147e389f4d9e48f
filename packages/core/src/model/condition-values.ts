// The names of the conditions, as policies write them.

/** The value that each condition compares with. Each condition adds its own row, in its own file. */
export interface ConditionValues {}
export type ConditionId = keyof ConditionValues
