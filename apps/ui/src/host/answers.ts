// What the operations answer, by name: the types of core itself, so that the page has no second idea of them.
import type {
  Activity,
  Attention,
  AuditFound,
  AutomaticProtections,
  KeysDescribed,
  ListedLimits,
  ListedNonWorkingDays,
  PolicyCard,
  PolicyReview,
  PolicyTrial,
  SeatHistory,
  Verification,
  AccountDetails,
  AccountListing,
  AuditEntry,
  PlanList,
  PlanPage,
  PlanSummary,
  ProtectionList,
  Refusal,
  RunList,
  RunPage,
  SavedFilter,
  Queries,
  AcceptedBaseline,
} from '@rollcall/core'
import type { OverviewData } from '../overview/overview-data'

/** What a view of core answers. */
type Viewed<Name extends keyof Queries> = Queries[Name] extends (...asked: never[]) => infer Answered
  ? Awaited<Answered>
  : never

export type RunDetails = Viewed<'runProgress'>
export type PlanRefusal = PlanSummary['refusals'][number]

export interface LicenseData {
  readonly site: string
  readonly product: string
  readonly capacity: number | null
  readonly used: number | null
  readonly available: number | null
}

export interface RunLine {
  readonly runId: string
  readonly planId: string
  readonly policy: string | null
  readonly status: RunDetails['status']
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly stopReason: string | null
  /** The run that it undoes. */
  readonly undoOf: string | null
  readonly restUntil: string | null
  readonly refusals: readonly Refusal[]
  readonly total: number
  readonly counts: RunDetails['counts']
}

export interface ProtectionData {
  readonly subject: string
  readonly reason: string
  readonly by: string
  readonly addedAt: string
  readonly until: string | null
}

export interface VetoData {
  readonly accountId: string
  /** Empty where nobody knows it. */
  readonly name: string
  readonly action: string
  readonly runId: string
  readonly since: string
  readonly until: string | null
  readonly times: number
}

export interface RestDaysData {
  readonly weekdays: readonly string[]
  readonly holidays: readonly string[]
}

/** A page of a CSV file, to be put after the one before it. */
export interface CsvPage {
  readonly text: string
  readonly rows: number
  readonly next: string | number | null
}

export interface Answers {
  readonly overview: OverviewData
  readonly licenses: readonly LicenseData[]
  readonly accounts: AccountListing
  readonly accountsCsv: CsvPage
  readonly auditCsv: CsvPage
  readonly account: AccountDetails
  readonly savedFilters: readonly SavedFilter[]
  readonly saveFilter: readonly SavedFilter[]
  readonly removeFilter: readonly SavedFilter[]
  readonly acceptBaseline: AcceptedBaseline
  readonly reconcile: { readonly reconciled: boolean; readonly lost: number | null }
  readonly planList: PlanList
  readonly planSummary: PlanSummary
  readonly planPeople: PlanPage
  readonly preview: { readonly planId: string }
  readonly discard: { readonly planId: string }
  readonly approve: RunLine
  readonly previewUndo: { readonly planId: string }
  readonly runList: RunList
  readonly runProgress: RunDetails
  readonly runPeople: RunPage
  readonly protections: readonly ProtectionData[]
  readonly protectionList: ProtectionList
  readonly protect: ProtectionData
  readonly protectSeveral: {
    readonly protected: number
    /** Of those, how many had an entry that holds as long: theirs stayed as it was. */
    readonly already: number
    readonly problems: readonly { readonly subject: string; readonly message: string }[]
  }
  readonly unprotect: { readonly removed: string }
  readonly keys: KeysDescribed
  readonly setKeyExpiry: KeysDescribed
  readonly checkKeys: KeysDescribed
  readonly restDays: RestDaysData
  readonly setNonWorkingDays: RestDaysData
  readonly limits: Readonly<Record<string, number>>
  readonly setLimits: Readonly<Record<string, number>>
  readonly audit: readonly AuditEntry[]
  readonly attention: readonly Attention[]
  readonly activity: Activity
  readonly seatHistory: SeatHistory
  readonly syncProgress: Viewed<'syncProgress'>
  readonly policyCards: readonly PolicyCard[]
  readonly reviewPolicy: PolicyReview
  readonly tryPolicy: PolicyTrial
  readonly importPolicy: { readonly name: string }
  readonly enablePolicy: { readonly name: string }
  readonly disablePolicy: { readonly name: string }
  readonly deletePolicy: { readonly deleted: string }
  readonly automaticProtections: AutomaticProtections
  readonly listLimits: ListedLimits
  readonly listNonWorkingDays: ListedNonWorkingDays
  readonly searchAudit: AuditFound
  readonly searchAuditCsv: CsvPage
  readonly checkpoints: readonly unknown[]
  readonly verification: Verification
  readonly vetoes: readonly VetoData[]
  readonly liftVeto: { readonly lifted: string }
  readonly stop: { readonly stopped: boolean }
  readonly resume: { readonly stopped: boolean }
}
export type OperationName = keyof Answers
