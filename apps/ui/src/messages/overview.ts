// Texts of what the overview adds to the latest plan and run: what needs a person, how people use what they have, and data.

export const attention = {
  title: 'Needs attention',
  loading: 'Looking for what needs attention',
  none: 'Nothing needs a person right now.',
  kinds: {
    quarantined: 'Refused plan',
    'awaiting-approval': 'Waiting plan',
    run: 'Run',
    key: 'API key',
    seats: 'Seats',
    data: 'Data',
    database: 'Database',
  },
  toPlan: 'Open the plan',
  toRun: 'Open the run',
  toSettings: 'Open the settings',
} as const

export const activity = {
  title: 'Inactivity',
  loading: 'Counting how long ago people were active',
  intro: 'Active accounts by their last activity anywhere. Move the thresholds to see what would change.',
  quietAfter: (days: string) => `Quiet after ${days} days`,
  inactiveAfter: (days: string) => `Inactive after ${days} days`,
  caption: 'Active accounts by their last activity',
  group: 'Last active',
  people: 'People',
  share: 'Share',
  groups: {
    active: 'Active',
    quiet: 'Quiet',
    inactive: 'Inactive',
    never: 'Never active',
    unknown: 'Unknown',
  },
  span: {
    active: (quiet: string) => `less than ${quiet} days ago`,
    quiet: (quiet: string, inactive: string) => `${quiet} to ${inactive} days ago`,
    inactive: (inactive: string) => `${inactive} days ago or longer`,
  },
  show: (shown: string, count: number, days: string) =>
    `Show the ${shown} ${count === 1 ? 'person' : 'people'} not active for ${days} days, never-active ones included`,
} as const

export const seatHistory = {
  title: 'Seats used over time',
  loading: 'Loading the seats of earlier rolls',
  tooFew: 'It takes two rolls to see a change.',
  caption: 'Seats used at each roll',
  roll: 'Roll',
  line: (product: string, site: string, first: string, last: string) =>
    `${product} on ${site}: from ${first} to ${last} seats`,
  numbers: 'The numbers',
} as const

export const data = {
  title: 'Data',
  now: 'Sync now',
  first: 'Take the first roll: who is there, who holds a seat, who has gone quiet. This only reads.',
  done: (accounts: string, expected: string) => `${accounts} of about ${expected} accounts read`,
  starting: 'OperationName Atlassian for sites, groups and counts',
} as const

export const reconciling = {
  ask: 'Reconcile …',
  title: 'Let this database hold?',
  means:
    'It is older than what Rollcall did. If a newer backup exists, restore that one instead. Reconciling takes a whole ' +
    'roll, counts what was lost against the budget of the week, refuses every plan from before, and lets no policy run ' +
    'by itself until somebody has looked at a plan of it.',
  look: 'Look at policies, protected accounts, limits and those left alone first: what was set since then is gone.',
  now: 'Reconcile now',
  underWay: 'Taking the roll. That takes some minutes where there are many people.',
  failed: 'It was not reconciled',
} as const
