// Minimal rows of Atlassian's responses.

import { brandId, type GroupGrant, type Workspace } from '@rollcall/core'

export const jira = 'ari:cloud:jira-software::site/8f1c'
export const desk = 'ari:cloud:jira-servicedesk::site/8f1c'
export const directoryId = 'd1d1d1d1-0000-4000-a000-000000000001'
export const groupId = 'a1a1a1a1-0000-4000-a000-000000000001'

export const workspace = (ari: string, changes: Partial<Workspace> = {}): Workspace => ({
  ari: brandId(ari),
  site: 'acme.atlassian.net',
  product: ari.split(':')[2] ?? '',
  capacity: 10,
  sandbox: false,
  ...changes,
})
export const grant = (changes: Partial<GroupGrant> = {}): GroupGrant => ({
  id: brandId(groupId),
  name: 'jira-users-acme',
  directoryId: brandId(directoryId),
  modifiable: true,
  isDefault: false,
  grants: [brandId(jira)],
  ...changes,
})

/** A row of users/search, with all parts expanded. */
export const userRow = (changes: Readonly<Record<string, unknown>> = {}) => ({
  accountId: '557058:4f9acfd2',
  accountType: 'atlassian',
  accountStatus: 'active',
  membershipStatus: 'active',
  addedToOrg: '2024-01-01T00:00:00.000Z',
  name: 'Mia Krystof',
  email: 'mia@acme.example',
  claimStatus: 'managed',
  managementSource: 'invited',
  platformRoles: [] as string[],
  productAccess: [{ id: jira, key: 'jira-software', lastActiveTimestamp: '2026-11-06T23:07:29.936941226Z' }],
  groups: [{ id: `ari:cloud:identity::group/${groupId}`, name: 'jira-users-acme', description: null }],
  ...changes,
})
export const page = (data: readonly unknown[], next?: string | null) => ({ data, links: { next } })
export const workspaceRow = (id: string, attributes: Readonly<Record<string, unknown>> = {}) => ({
  id,
  attributes: { hostUrl: 'https://acme.atlassian.net', capacity: 50, sandbox: { type: 'NONE' }, ...attributes },
})
export const groupRow = (changes: Readonly<Record<string, unknown>> = {}) => ({
  id: groupId,
  name: 'jira-users-acme',
  directoryId,
  managementAccess: { modifiable: true },
  externalSynced: false,
  managedBy: 'admins',
  ...changes,
})
export const roleRow = (changes: Readonly<Record<string, unknown>> = {}) => ({
  resourceId: jira,
  resourceOwner: 'jira-software',
  roles: ['atlassian/user'],
  defaultRole: null,
  ...changes,
})
