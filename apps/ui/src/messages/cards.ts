// Texts of the numbers on the overview: snapshot, seats, users, the latest plan and run, schedules, the audit log.
import type { RunCounts, RunStatus } from '../overview/overview-data'

const runStatus: Readonly<Record<RunStatus, string>> = {
  'awaiting-approval': 'Needs approval',
  quarantined: 'Blocked',
  discarded: 'Discarded',
  executing: 'Running',
  finished: 'Finished',
  stopped: 'Stopped',
  cancelled: 'Cancelled',
}

const results: Readonly<Record<keyof RunCounts, string>> = {
  applied: 'Changed',
  skipped: 'Skipped',
  failed: 'Failed',
  unknown: 'Unknown result',
  notAttempted: 'Not attempted',
}

export const snapshot = {
  none: 'Not synced yet.',
  asOf: 'Synced',
  accounts: (count: number, shown: string) => `${shown} ${count === 1 ? 'user' : 'users'}`,
  incompleteTitle: 'The last sync is incomplete',
  incomplete: (found: string, expected: string) =>
    `It read ${found} of ${expected} expected users, so every number below may be too low. Sync again before you preview.`,
} as const

export const seats = {
  title: 'Seats',
  caption: 'Seats per product and site',
  empty: 'No seats yet. They appear after the next sync.',
  product: 'Product',
  usage: 'Seats in use',
  available: 'Available',
  usedOnly: (used: string) => `${used}, limit unknown`,
  over: (count: string) => `${count} over the limit`,
  usedOf: (used: string, capacity: string) => `${used} of ${capacity}`,
  barLabel: (place: string, used: string, capacity: string) => `${place}: ${used} of ${capacity} seats in use`,
  all: (count: string) => `Show all ${count}`,
  fewer: 'Show fewer',
} as const

export const usersByStatus = {
  title: 'Users',
  empty: 'No users yet. They appear after the first sync.',
  caption: 'Users by status',
  status: 'Status',
  count: 'Users',
  percentage: 'Percentage',
  total: (count: number) => (count === 1 ? 'user' : 'users'),
  groups: { active: 'Active', suspended: 'Suspended', deactivated: 'Deactivated', other: 'Other' },
} as const

export const plan = {
  title: 'Latest plan',
  empty: 'No plan yet. A plan shows which users a policy would change; it changes nothing.',
  policy: 'Policy',
  manual: 'None: users picked one by one',
  created: 'Created',
  actions: () => 'will change',
  excluded: () => 'excluded',
  id: 'Plan id',
  fingerprint: 'Fingerprint',
  allowed: 'All checks passed',
  refused: (count: number, shown: string) => (count === 1 ? '1 failed check' : `${shown} failed checks`),
  refusalsTitle: 'Blocked',
} as const

export const run = {
  title: 'Latest run',
  empty: 'No run yet. Approve a plan to start one.',
  noneYet: 'No runs yet. Approve a plan to start one.',
  status: runStatus,
  caption: 'Results of the latest run',
  result: 'Result',
  count: 'Changes',
  results,
  inProgress: 'In progress',
  id: 'Run id',
  started: 'Started',
  finished: 'Ended',
  progress: (done: string, total: string) => `${done} of ${total} changes done`,
  stopReason: 'Why it stopped',
  noReason: 'The reason is unknown.',
} as const

export const schedules = {
  title: 'Next schedules',
  caption: 'Policies with a schedule',
  empty: 'No schedules yet. Add one to a policy to run it regularly.',
  policy: 'Policy',
  next: 'Next run',
  disabled: 'Disabled',
  noNext: 'No next run',
} as const

export const audit = {
  title: 'Audit log',
  entries: (count: number) => (count === 1 ? 'entry' : 'entries'),
  empty: 'No entries yet. Every change and every setting that somebody saves leaves an entry here.',
  proof: 'Each entry contains the hash of the one before it, so a changed or missing entry is detected.',
  verify: 'Rollcall signs the newest entry once a day. Verify and export the log on the Audit log screen.',
} as const
