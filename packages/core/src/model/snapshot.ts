// A snapshot: the dated picture of who is in an organization. Its head is here; the store streams its accounts.

import type { SnapshotId } from './ids.js'
import type { Instant } from './time.js'
import type { Organization, DirectoryRef, GroupGrant, Seats } from './organization.js'

/** The head of a snapshot; its accounts are streamed from the store. */
/** Active people who use something, and how many of them were quiet for each of the times in `inactivityDays`. */
export interface InactivityCount {
  readonly people: number
  readonly quiet: readonly number[]
}

/** By workspace; `anywhere` counts everybody by everything. */
export type InactivityCounts = Readonly<Record<string, InactivityCount>>

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
  readonly quietIn?: InactivityCounts
  /** The usual shares of `quietIn`, in percent; null where none is known. */
  readonly usualIn?: Readonly<Record<string, readonly (number | null)[]>>
  /** A person has said that its share is right. */
  readonly takenAsUsual?: true
}
