// The role that an operation needs. It is declared and published in OpenAPI; nothing enforces it yet.

/** The roles from the lowest to the highest. Each includes the permissions of the roles before it. */
export const roles = ['viewer', 'auditor', 'operator', 'approver', 'admin'] as const
export type Role = (typeof roles)[number]
