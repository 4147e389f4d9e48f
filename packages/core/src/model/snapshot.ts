// A snapshot: the accounts of an organization at one time. This is its head; the store streams its accounts.

import type { GroupId, SnapshotId } from './ids.js'
import type { Instant } from './time.js'
import type { Organization, DirectoryRef, GroupGrant, Seats } from './organization.js'

/** Active accounts that have a product, and how many of them were inactive, for each period of `inactivityDays`. */
export interface InactivityCount {
  readonly people: number
  readonly inactive: readonly number[]
}

/** By workspace; `anywhere` counts all products together. */
export type InactivityCounts = Readonly<Record<string, InactivityCount>>

/** Names a snapshot with what runs have changed in it since: what was counted for it stays valid only for this version. */
export const versionOf = ({ id, revision = 0 }: Pick<Snapshot, 'id' | 'revision'>): string =>
  revision === 0 ? id : `${id}.${revision}`

/** How many of the listed accounts have a value in each column. */
export interface ColumnCounts {
  readonly people: number
  readonly groups: number
  readonly roles: number
  readonly activity: number
  readonly joined: number
  /** Absent in snapshots of earlier versions. */
  readonly name?: number
  readonly email?: number
}

/** The list of managed accounts, with their activity in all of Atlassian. */
export interface ManagedList {
  readonly accounts: number
  /** Undefined once the list has ended. */
  readonly cursor?: string
  /** Why Rollcall could not read the list, or its rest. */
  readonly unreadable?: string
}

/** A group that lost a good part of its members at once. */
export interface LostMembers {
  readonly id: GroupId
  readonly name: string
  /** Its members in this snapshot, and in the complete one before the loss. */
  readonly now: number
  readonly before: number
}

export interface Snapshot {
  readonly id: SnapshotId
  readonly organization: Organization
  readonly startedAt: Instant
  /** When Rollcall read the last page; undefined while the sync is running. */
  readonly asOf: Instant | undefined
  readonly complete: boolean
  readonly accounts: number
  readonly expected: number
  /** How many of the accounts belong to people; absent in older snapshots. */
  readonly people?: number
  /** People without a day of joining that can be believed. */
  readonly joinedUnknown?: number
  /** Accounts of which Rollcall could not read a part. */
  readonly unreadableAccounts?: number
  readonly cursor: string | undefined
  /** How many accounts runs have read again since the sync: counts that are stored apart name it with the id. */
  readonly revision?: number
  /** Rollcall has read all pages, but not finished the snapshot. */
  readonly listed?: boolean
  /** How far Rollcall has read the list of managed accounts; absent before, and in snapshots of version 0.1.0. */
  readonly managedList?: ManagedList
  /** While the sync runs: when it wrote its newest portion. */
  readonly checkpointAt?: Instant
  readonly seats: readonly Seats[]
  readonly directories: readonly DirectoryRef[]
  /** Every group that grants a product, with all that it grants. */
  readonly groups: readonly GroupGrant[]
  /** The groups with a role on a product that grant no seat there; absent in snapshots of version 0.1.0. */
  readonly otherGroups?: readonly GroupGrant[]
  /** While the sync runs: how many groups it has not read yet. */
  readonly groupsLeft?: number
  /** Active organization admins seen by this snapshot. */
  readonly admins: number
  /** Active accounts that were inactive for 90 days or never active: the anomaly check compares them. */
  readonly inactive: number
  /** The baseline: guard compares the percentage of inactive accounts of later snapshots with it. Undefined while unknown. */
  readonly baseline?: number | undefined
  /** The same counts by product, for several periods. */
  readonly inactiveIn?: InactivityCounts
  /** The baselines of `inactiveIn`, in percent; null where none is known. */
  readonly baselineIn?: Readonly<Record<string, readonly (number | null)[]>>
  /** The counts of its columns; absent in snapshots of earlier versions. */
  readonly columns?: ColumnCounts
  /** The column that is missing although the accounts are all there: the share of accounts with it now and before, in percent. */
  readonly lacks?: { readonly what: string; readonly now: number; readonly before: number | null } | undefined
  /** The groups that lost members abruptly, until the members return or a person accepts the snapshot as the baseline. */
  readonly lostMembers?: readonly LostMembers[]
  /** By how many accounts the list exceeds Atlassian's count, where that stays the same sync after sync. */
  readonly countDiffers?: number
  /** A person accepted this snapshot as the baseline. */
  readonly acceptedAsBaseline?: true
}

/** A head without its groups, which are most of it in a large organization. */
export type SnapshotHead = Omit<Snapshot, 'groups' | 'otherGroups'>

/** Returns a head without its groups. */
export function withoutGroups(snapshot: Snapshot): SnapshotHead {
  const { groups: _, otherGroups: __, ...head } = snapshot
  return head
}
