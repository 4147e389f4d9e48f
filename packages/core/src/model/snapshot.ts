// A snapshot: the dated picture of who is in an organization. Its head is here; the store streams its accounts.

import type { SnapshotId } from './ids.js'
import type { Instant } from './time.js'
import type { Organization, DirectoryRef, GroupGrant, Seats } from './organization.js'

/** Active accounts that have a product, and how many of them were inactive for each of the times in `inactivityDays`. */
export interface InactivityCount {
  readonly people: number
  readonly inactive: readonly number[]
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
  /** While the sync runs: when it wrote its newest portion. */
  readonly checkpointAt?: Instant
  readonly seats: readonly Seats[]
  readonly directories: readonly DirectoryRef[]
  /** Every group that grants a product, with all that it grants. */
  readonly groups: readonly GroupGrant[]
  /** Active organization admins seen by this snapshot. */
  readonly admins: number
  /** Active accounts that were inactive for 90 days or never active: the anomaly check compares them. */
  readonly inactive: number
  /** The baseline: the percentage of inactive accounts that later snapshots are compared with. Undefined while unknown. */
  readonly baseline?: number | undefined
  /** The same for each product and several periods. */
  readonly inactiveIn?: InactivityCounts
  /** The baselines of `quietIn`, in percent; null where none is known. */
  readonly baselineIn?: Readonly<Record<string, readonly (number | null)[]>>
  /** A person accepted this snapshot as the baseline. */
  readonly acceptedAsBaseline?: true
}
