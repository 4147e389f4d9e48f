// Roles: which of them hold a seat, which make an admin, and which live inside a product and are none of ours.

const seats = ['atlassian/user', 'atlassian/admin', 'user', 'admin']
const inProduct = ['project', 'goal']
const admin = /(^|\/)(org-admin|site-admin|user-access-admin|admin)$/

/** Says whether a role on a product holds a seat. */
export const holdsSeat = (role: string): boolean => seats.includes(role)
export const isAdminRole = (role: string): boolean => admin.test(role)
/** Says whether a role is held inside a product, on a project or a goal. */
export const isInProduct = (owner: string | null | undefined): boolean => inProduct.includes(owner ?? '')
