// Atlassian's admin roles: which roles make an admin, and their names in sentences. JSON keeps the keys.

const names: Readonly<Record<string, string>> = {
  'org-admin': 'organization admin',
  'site-admin': 'site admin',
  'user-access-admin': 'user access admin',
  admin: 'product admin',
}

const keyOf = (role: string): string => role.slice(role.lastIndexOf('/') + 1)

/** True if a role makes an account an admin. Rollcall never changes admins. */
export const isAdminRole = (role: string): boolean => Object.hasOwn(names, keyOf(role))

/** "organization admin" for `atlassian/org-admin`; an unknown role stays as it is, in brackets. */
export function adminRoleName(role: string): string {
  return (isAdminRole(role) ? names[keyOf(role)] : undefined) ?? `admin (${role})`
}
