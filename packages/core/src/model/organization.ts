// The organization: its directories, the products it bought, and the groups that grant them.

import type { DirectoryId, GroupId, OrganizationId, WorkspaceAri } from './ids.js'
import type { Instant } from './time.js'

export interface Organization {
  readonly id: OrganizationId
  readonly name: string
}

export interface DirectoryRef {
  readonly id: DirectoryId
  readonly name: string
}

/** One product on one site. `capacity` is undefined when Atlassian does not report it: unknown, not zero. */
export interface Workspace {
  readonly ari: WorkspaceAri
  readonly site: string
  readonly product: string
  readonly capacity: number | undefined
  readonly sandbox: boolean
  /** Atlassian shows it as offline, cancelled or not yet running: its seats cost nothing. */
  readonly offline?: true
}

/** A group and what it grants. */
export interface GroupGrant {
  readonly id: GroupId
  readonly name: string
  readonly directoryId: DirectoryId
  /** False for groups that the identity provider owns, or that the API key cannot change. */
  readonly modifiable: boolean
  readonly isDefault: boolean
  /** The workspaces on which it grants a seat. */
  readonly grants: readonly WorkspaceAri[]
  /** Other resources on which it grants a role, such as guest, customer or site administrator. */
  readonly alsoGrants?: readonly WorkspaceAri[]
  /** The roles that make its members admins of something. */
  readonly adminRoles?: readonly string[]
  /** Atlassian sent something that Rollcall cannot read: what the group grants is unknown, and its members are excluded. */
  readonly unreadable?: true
  /** When a sync read its roles, with what Atlassian said about it then; absent in snapshots of version 0.1.0. */
  readonly rolesRead?: RolesRead
}

/** The reading of a group's roles. A sync compares the group with it, and reads the roles again where they may differ. */
export interface RolesRead {
  readonly at: Instant
  /** How many resources it had a role on, where Atlassian said so. */
  readonly resources?: number
  /** The products that listed it, although it grants only roles inside them. */
  readonly listedFor?: readonly WorkspaceAri[]
}

/** Seats of one workspace at the time of the snapshot. */
export interface Seats extends Workspace {
  readonly used: number | undefined
}

/** Capacity minus used seats; undefined when either is unknown. */
export const availableSeats = (seats: Seats): number | undefined =>
  seats.capacity === undefined || seats.used === undefined ? undefined : seats.capacity - seats.used
