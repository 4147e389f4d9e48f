// The organization: what is bought, which group grants it, and the dated picture of who is in it.

import type { DirectoryId, GroupId, OrganizationId, SnapshotId, WorkspaceAri } from './ids.js'
import type { Instant } from './time.js'

export interface Organization {
  readonly id: OrganizationId
  readonly name: string
}

export interface DirectoryRef {
  readonly id: DirectoryId
  readonly name: string
}

/** One product on one site. `capacity` is undefined when Atlassian does not tell it: unknown, not zero. */
export interface Workspace {
  readonly ari: WorkspaceAri
  readonly site: string
  readonly product: string
  readonly capacity: number | undefined
  readonly sandbox: boolean
}

/** A group and what it grants. */
export interface GroupGrant {
  readonly id: GroupId
  readonly name: string
  readonly directoryId: DirectoryId
  /** False for groups that the identity provider owns or that the key may not change. */
  readonly modifiable: boolean
  readonly isDefault: boolean
  /** The workspaces on which it grants a seat. */
  readonly grants: readonly WorkspaceAri[]
  /** Everything else on which it grants any role: guests, customers, the site's administration. */
  readonly alsoGrants?: readonly WorkspaceAri[]
  /** The roles that make its members admins of something. */
  readonly adminRoles?: readonly string[]
}

/** Seats of one workspace at the time of the snapshot. */
export interface Seats extends Workspace {
  readonly used: number | undefined
}

/** The head of a snapshot; its accounts are streamed from the store. */
/** Active people who use something, and how many of them were quiet for each of the times in `quietDays`. */
export interface QuietCount {
  readonly people: number
  readonly quiet: readonly number[]
}
/** By workspace; `anywhere` counts everybody by everything. */
export type QuietCounts = Readonly<Record<string, QuietCount>>

export interface Snapshot {
  readonly id: SnapshotId
  readonly organization: Organization
  readonly startedAt: Instant
  /** When the last page was read; undefined while the sync is under way. */
  readonly asOf: Instant | undefined
  readonly complete: boolean
  readonly accounts: number
  readonly expected: number
  readonly cursor: string | undefined
  /** All pages were read, though the snapshot is not finished. */
  readonly listed?: boolean
  /** While it is being read: when its newest portion was written. */
  readonly checkpointAt?: Instant
  readonly seats: readonly Seats[]
  readonly directories: readonly DirectoryRef[]
  /** Every group that grants a product, with all that it grants. */
  readonly groups: readonly GroupGrant[]
  /** Active organization admins seen by this snapshot. */
  readonly admins: number
  /** Active accounts that were quiet for 90 days or never active: what the anomaly gate compares. */
  readonly quiet: number
  /** The share of quiet accounts that is usual, in percent: what later ones are compared with. Undefined while unknown. */
  readonly usual?: number | undefined
  /** The same in detail: of each product, for several times. */
  readonly quietIn?: QuietCounts
  /** The usual shares of `quietIn`, in percent; null where none is known. */
  readonly usualIn?: Readonly<Record<string, readonly (number | null)[]>>
  /** A person has said that its share is right. */
  readonly takenAsUsual?: true
}

/** Capacity less used seats; undefined when either is unknown. */
export const availableSeats = (seats: Seats): number | undefined =>
  seats.capacity === undefined || seats.used === undefined ? undefined : seats.capacity - seats.used
