// Refusal: one reason why a plan must not run, with the figure and the limit. Guard makes them.

/** The codes that scripts rely on. */
export const refusalCodes = [
  'too-many',
  'over-budget',
  'over-ceiling',
  'snapshot-incomplete',
  'snapshot-stale',
  'plan-expired',
  'fingerprint-mismatch',
  'protected-unreadable',
  'anomaly',
  'too-few-admins',
  'policy-disabled',
  'not-previewed',
  'stopped',
  'wrong-organization',
  'database-older',
  'time-unknown',
  'excludes-nobody',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** The causes of codes that have several, each with a check of its own. */
export const refusalCauses = [
  'plan-altered',
  'approval-for-another-plan',
  'limits-unreadable',
  'limits-changed',
  'protected-list-changed',
  'policy-changed',
  'plan-before-reconciliation',
  'columns-missing',
  'group-lost-members',
] as const
export type RefusalCause = (typeof refusalCauses)[number]

export interface Refusal {
  readonly code: RefusalCode
  /** Absent where the code has only one cause, and in refusals that earlier versions stored. */
  readonly cause?: RefusalCause
  readonly message: string
  readonly actual: number | string | null
  readonly limit: number | string | null
}

/** The codes of refusals, each once. */
export const codesOf = (refusals: readonly Refusal[]): readonly RefusalCode[] => [
  ...new Set(refusals.map(({ code }) => code)),
]
