// The answer of "overview", field by field. Times are ISO strings; null means that Rollcall does not know.

export type RunStatus = 'awaiting-approval' | 'quarantined' | 'discarded' | 'executing' | 'finished' | 'stopped'

interface OrganizationData {
  readonly id: string
  readonly name: string
}

export interface SnapshotData {
  readonly id: string
  readonly asOf: string
  readonly complete: boolean
  readonly accounts: number
  readonly expected: number | null
}

export interface RunningSyncData {
  readonly accounts: number
  readonly expected: number
  readonly startedAt: string
  readonly movedAt: string
}

export interface SeatData {
  readonly site: string
  readonly product: string
  readonly capacity: number | null
  readonly used: number | null
  readonly available: number | null
}

export interface PeopleData {
  readonly active: number
  readonly suspended: number
  readonly deactivated: number
  readonly other: number
  readonly total: number
}

export interface RefusalData {
  readonly code: string
  readonly message: string
}

export interface PlanData {
  readonly planId: string
  readonly policy: string | null
  readonly createdAt: string
  readonly actions: number
  readonly spared: number
  readonly fingerprint: string
  readonly refusals: readonly RefusalData[]
}

export interface RunCounts {
  readonly applied: number
  readonly skipped: number
  readonly failed: number
  readonly unknown: number
  readonly notAttempted: number
}

export interface RunData {
  readonly runId: string
  readonly status: RunStatus
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly total: number
  readonly counts: RunCounts
  readonly stopReason: string | null
}

export interface ScheduleData {
  readonly policy: string
  readonly enabled: boolean
  readonly next: string | null
  readonly timeZone: string
  readonly description: string
}

export interface OverviewData {
  readonly organization: OrganizationData | null
  readonly demo: boolean
  readonly snapshot: SnapshotData | null
  /** The sync that is running, or that started not long ago. */
  readonly roll: RunningSyncData | null
  readonly seats: readonly SeatData[]
  readonly people: PeopleData | null
  readonly latestPlan: PlanData | null
  readonly latestRun: RunData | null
  readonly schedules: readonly ScheduleData[]
  readonly audit: { readonly entries: number }
  readonly stopped: boolean
  /** What every screen says, such as that a key is about to end or the license is not active. */
  readonly notices: readonly string[]
}
