// Texts of the overview's cards.

export const attention = {
  title: 'Needs attention',
  loading: 'Loading what needs attention',
  none: 'Nothing needs your attention.',
  kinds: {
    quarantined: 'Blocked',
    'awaiting-approval': 'Needs approval',
    run: 'Run',
    policy: 'Policy',
    key: 'API key',
    seats: 'Seats',
    data: 'Data',
    database: 'Database',
    clock: 'Clock',
  },
  toPlan: 'Review',
  toRun: 'Open the run',
  toSettings: 'Open settings',
} as const

export const activity = {
  title: 'Inactivity',
  loading: 'Loading inactivity',
  intro: 'Active users by their last activity anywhere. Move a threshold to see how many users it matches.',
  lessActiveAfter: (days: string) => `Less active after ${days} days`,
  inactiveAfter: (days: string) => `Inactive after ${days} days`,
  caption: 'Active users by last activity',
  group: 'Last active',
  count: 'Users',
  percentage: 'Percentage',
  groups: {
    active: 'Active',
    lessActive: 'Less active',
    inactive: 'Inactive',
    never: 'Never active',
    newcomer: 'Never active yet',
    unknown: 'Unknown',
  },
  span: {
    active: (lessActive: string) => `under ${lessActive} days`,
    lessActive: (lessActive: string, inactive: string) => `${lessActive} to ${inactive} days`,
    inactive: (inactive: string) => `${inactive} days or more`,
    never: (inactive: string) => `added ${inactive} days ago or earlier`,
    newcomer: (inactive: string) => `added less than ${inactive} days ago`,
  },
  show: (shown: string, count: number, days: string) =>
    count === 1
      ? `Show the 1 user inactive for ${days} days or more, or never active`
      : `Show the ${shown} users inactive for ${days} days or more, or never active`,
} as const

export const seatHistory = {
  title: 'Seats in use over time',
  loading: 'Loading seat history',
  tooFew: 'The chart appears after the second sync.',
  caption: 'Seats in use at each sync',
  sync: 'Sync',
  line: (place: string, first: string, last: string) => `${place}: from ${first} to ${last} seats`,
  numbers: 'Show as table',
} as const

export const data = {
  title: 'Data',
  now: 'Sync now',
  first: 'Run the first sync. It reads users, seats and last activity from Atlassian, and changes nothing.',
  done: (accounts: string, expected: string) => `${accounts} of about ${expected} users read`,
  starting: 'Reading sites, products and groups',
} as const

export const reconciling = {
  ask: 'Reconcile…',
  title: 'Keep this database?',
  means:
    'It is older than the changes that Rollcall made. If you have a newer backup, restore that one instead. ' +
    'Reconciling runs a full sync, counts the lost changes against the weekly budget, and blocks all earlier plans. ' +
    'No schedule runs until you preview its policy again.',
  check:
    'First check policies, protected users, limits and exemptions: everything set after this backup was made is gone.',
  now: 'Reconcile now',
  running: 'Syncing. This takes a few minutes in a large organization.',
  failed: 'The database was not reconciled',
} as const
