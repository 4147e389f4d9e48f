// The moments at which guard checks a plan.

export const moments = [
  /** Somebody previews the plan. */
  'preview',
  /** Somebody, or a schedule, approves it for the first time. */
  'approve',
  /** Its run is about to change its first account. */
  'first-step',
  /** Its run, which has begun, is about to continue. */
  'advance',
  /** Somebody approves it again, to resume the run that stopped. */
  'resume',
  /** Somebody approves it again while its run is executing. */
  'rejoin',
  /** Somebody approves it again after its run has finished: Rollcall only reports. */
  'report',
] as const
export type Moment = (typeof moments)[number]
