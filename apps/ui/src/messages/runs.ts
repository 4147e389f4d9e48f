// Texts of the runs.

const usersWord = (count: number) => (count === 1 ? 'user' : 'users')

export const runs = {
  loading: 'Loading runs',
  loadingOne: 'Loading the run',
  loadingUsers: 'Loading users',
  of: 'Run of',
  status: 'Status',
  everyStatus: 'All',
  listPages: 'Pages of runs',
  toPlan: 'Plan',
  toAudit: 'Audit trail',
  progress: 'Progress',
  rate: (perMinute: string, minutes: string) => `${perMinute} per minute, about ${minutes} min left.`,
  noRate: 'Rollcall shows the rate and the time left after the first few changes.',
  waitsUntil: (moment: string) => `Until ${moment}.`,
  approvedBy: 'Approved by',
  accepted: 'Accepted checks',
  stop: 'Stop all runs…',
  stopTitle: 'Stop all runs?',
  stopMeans:
    'Every run stops: at most the request in flight ends. Finished changes stay, and you can undo them: undo works while ' +
    'the stop switch is on. Each stopped run needs its own approval to go on. Nothing else starts, not even on schedule, ' +
    'until you turn the stop switch off.',
  stopWhere: 'Turn it off in Settings',
  stopNow: 'Stop now',
  notStopped: 'The stop switch was not turned on',
  inFlight: 'At most the request in flight ends. A cancelled run never goes on.',
  neverGoesOn: 'The run has stopped. Once you cancel it, nobody can resume it.',
  changedCount: (shown: string, count: number, undoable: boolean) => {
    if (count === 0) return 'No user was changed.'
    const changed = `${shown} ${usersWord(count)} ${count === 1 ? 'was' : 'were'} changed`
    return undoable ? `${changed}; you can undo ${count === 1 ? 'that' : 'them'}.` : `${changed}.`
  },
  unknownCount: (shown: string, count: number) =>
    `${shown} ${count === 1 ? 'has' : 'have'} an unknown result; undo covers ${count === 1 ? 'it' : 'them'}, too.`,
  untouchedCount: (shown: string, count: number) =>
    `${shown} ${usersWord(count)} ${count === 1 ? 'stays' : 'stay'} as ${count === 1 ? 'it is' : 'they are'}.`,
  cancelRun: 'Cancel run…',
  cancelTitle: 'Cancel this run?',
  cancelReason: 'Reason (optional)',
  cancelReasonHelp: "Stored permanently in the audit log. Don't include personal data.",
  cancelNow: 'Cancel run',
  keepRun: 'Keep the run',
  notCancelled: 'The run was not cancelled',
  cancelledBy: 'Cancelled by',
  undo: 'Undo…',
  undoTitle: 'Cancel this run and undo it?',
  undoMeans:
    'Rollcall cancels the run first: at most the request in flight ends, which can take half a minute. Then it makes a ' +
    'plan that restores what the run changed. You approve that plan like any other.',
  undoNow: 'Cancel run and undo',
  notUndone: 'No undo plan was made',
  resumeByPlan: 'Resume…',
  results: 'Results',
  buckets: 'Results',
  all: 'All',
  bucket: (name: string, count: string) => `${name} (${count})`,
  search: 'Find a user',
  pages: 'Pages of results',
  what: 'Change',
  planned: 'Why',
  result: 'Result',
  reason: 'Reason',
  at: 'When',
} as const

export const giveBack = {
  column: 'Action',
  now: 'Give back',
  to: (name: string) => `Give back to ${name}`,
  of: (what: string) => `Give back: ${what}`,
} as const
