// Names of Atlassian's admin roles, for sentences. JSON keeps the keys.

const names: Readonly<Record<string, string>> = {
  'org-admin': 'organization admin',
  'site-admin': 'site admin',
  'user-access-admin': 'user access admin',
  admin: 'product admin',
}

/** "organization admin" for `atlassian/org-admin`; an unknown role stays as it is, in brackets. */
export function adminRoleName(role: string): string {
  const name = role.slice(role.lastIndexOf('/') + 1)
  return (Object.hasOwn(names, name) ? names[name] : undefined) ?? `admin (${role})`
}
