// Roles: which ones hold a seat, which ones make an admin, and which ones exist inside a product, where Rollcall ignores them.

const seats = ['atlassian/user', 'atlassian/admin', 'user', 'admin']
const inProduct = ['project', 'goal']
const admin = /(^|\/)(org-admin|site-admin|user-access-admin|admin)$/

/** Says whether a role on a product holds a seat. */
export const holdsSeat = (role: string): boolean => seats.includes(role)
export const isAdminRole = (role: string): boolean => admin.test(role)
/** Says whether a role exists inside a product, on a project or a goal. */
export const isInProduct = (owner: string | null | undefined): boolean => inProduct.includes(owner ?? '')
