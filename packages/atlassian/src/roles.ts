// Roles: which ones hold a seat, and which ones exist inside a product, where Rollcall ignores them.

const seats = ['atlassian/user', 'atlassian/admin', 'user', 'admin']
const inProduct = ['project', 'goal']

/** Says whether a role on a product holds a seat. */
export const holdsSeat = (role: string): boolean => seats.includes(role)
/** Says whether a role exists inside a product, on a project or a goal. */
export const isInProduct = (owner: string | null | undefined): boolean => inProduct.includes(owner ?? '')
