// The role that an operation needs. It is declared and published in OpenAPI; nothing enforces it yet.

/** From the one that only sees to the one that may do everything; each may do what those before it may. */
export const roles = ['viewer', 'auditor', 'operator', 'approver', 'admin'] as const
export type Role = (typeof roles)[number]
