// The parts of the overview that each have a card.
import type { OverviewData } from '@rollcall/api'

export type { OverviewData, RunStatus } from '@rollcall/api'

export type SnapshotData = NonNullable<OverviewData['snapshot']>
export type RunningSyncData = NonNullable<OverviewData['roll']>
export type SeatData = OverviewData['seats'][number]
export type PeopleData = NonNullable<OverviewData['people']>
export type PlanData = NonNullable<OverviewData['latestPlan']>
export type RefusalData = PlanData['refusals'][number]
export type RunData = NonNullable<OverviewData['latestRun']>
export type RunCounts = RunData['counts']
export type ScheduleData = OverviewData['schedules'][number]
