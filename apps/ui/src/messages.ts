// Every English text of the page in one catalogue; components hold none of their own. `Backticks` mark what is typed.
import type { RunCounts, RunStatus } from './overview-data'

/** The catalogue's language; numbers, dates and ages are written in it too, so that a sentence never mixes languages. */
export const locale = 'en'

const runStatus: Readonly<Record<RunStatus, string>> = {
  'awaiting-approval': 'Awaiting approval',
  quarantined: 'Quarantined',
  executing: 'Executing',
  finished: 'Finished',
  stopped: 'Stopped',
}

const results: Readonly<Record<keyof RunCounts, string>> = {
  applied: 'Applied',
  skipped: 'Skipped',
  failed: 'Failed',
  unknown: 'Unknown outcome',
  notAttempted: 'Not attempted',
}

export const messages = {
  product: 'Rollcall',
  title: 'Overview',
  loading: 'Loading the overview',
  unknown: 'unknown',
  errors: {
    loadTitle: 'The overview could not be loaded',
    refreshTitle: 'The overview could not be refreshed',
    crashTitle: 'The page could not be shown',
    crash:
      'The server answered with something this page does not understand. Nothing was changed in your organization.',
    again: 'Rollcall tries again by itself every 15 seconds.',
    outdated: (time: string) => `You see the state of ${time}.`,
    retry: 'Try again now',
    reload: 'Reload the page',
    unreachable: 'The Rollcall server cannot be reached. Check that it is running.',
    tooSlow: 'The Rollcall server did not answer in time.',
    unexpectedAnswer: 'The server answered, but not with an overview. Check the address and any proxy in between.',
    status: (status: number) => `The Rollcall server answered with status ${status}.`,
  },
  demo: {
    label: 'Demo',
    title: 'This is a demo organization',
    text: 'All people, sites and seats are simulated. Nothing on this page touches a real organization.',
  },
  connect: {
    title: 'Connect your organization',
    intro: 'Rollcall is not connected yet, so there is nothing to count.',
    steps: [
      'In Atlassian Administration, open Organization settings, then API keys, and create a key that may read users.',
      'Set `ROLLCALL_ORG_ID` and `ROLLCALL_API_KEY_FILE` (the file that holds the key), then start the server again.',
      'Run `rollcall sync`. This page fills itself when the first snapshot is there.',
    ],
    later: 'Reading never changes anything. The act key is asked for only when you run your first plan.',
  },
  stopSwitch: {
    title: 'The stop switch is on',
    text: 'No run starts, and nothing is changed in your organization. Reading and planning still work. To allow runs again, run `rollcall resume`.',
  },
  snapshot: {
    none: 'No snapshot yet. Run `rollcall sync`.',
    asOf: 'Snapshot taken',
    accounts: (count: number, shown: string) => `${shown} ${count === 1 ? 'account' : 'accounts'}`,
    incompleteTitle: 'The snapshot is incomplete',
    incomplete: (found: string, expected: string) =>
      `It holds ${found} accounts (expected: ${expected}), so people may be missing from every number below. ` +
      'Run `rollcall sync` again before you plan.',
  },
  seats: {
    title: 'Seats',
    caption: 'Seats by site and product',
    empty: 'No seats known yet. They appear after the next sync.',
    product: 'Product and site',
    usage: 'Used',
    available: 'Available',
    usedOnly: (used: string) => `${used} used, capacity unknown`,
    over: (count: string) => `${count} over capacity`,
    usedOf: (used: string, capacity: string) => `${used} of ${capacity}`,
    barLabel: (product: string, site: string, used: string, capacity: string) =>
      `${product} on ${site}: ${used} of ${capacity} seats used`,
    pages: 'Pages of the seats table',
    nextPage: 'Next page',
    previousPage: 'Previous page',
    page: 'Page',
  },
  people: {
    title: 'People',
    empty: 'No people counted yet. Run `rollcall sync`.',
    caption: 'People by status',
    status: 'Status',
    count: 'People',
    share: 'Share',
    total: (count: number) => (count === 1 ? 'person in total' : 'people in total'),
    groups: { active: 'Active', suspended: 'Suspended', deactivated: 'Deactivated', other: 'Other' },
  },
  plan: {
    title: 'Latest plan',
    empty: 'No plan yet. Run `rollcall plan` to see what a cleanup policy would do; a plan changes nothing.',
    policy: 'Policy',
    manual: 'None, chosen by hand',
    created: 'Created',
    actions: (count: number) => (count === 1 ? 'action planned' : 'actions planned'),
    spared: (count: number) => (count === 1 ? 'account spared' : 'accounts spared'),
    id: 'Plan',
    fingerprint: 'Fingerprint',
    allowed: 'No refusals',
    refused: (count: number, shown: string) => `${shown} ${count === 1 ? 'refusal' : 'refusals'}`,
    refusalsTitle: 'This plan will not run as it is',
  },
  run: {
    title: 'Latest run',
    empty: 'No run yet. A plan becomes a run once it is approved.',
    status: runStatus,
    caption: 'Results of the latest run',
    result: 'Result',
    count: 'Actions',
    results,
    id: 'Run',
    started: 'Started',
    finished: 'Ended',
    progress: (done: string, total: string) => `${done} of ${total} actions done`,
    stopReason: 'Why it stopped',
    noReason: 'The reason is unknown.',
  },
  schedules: {
    title: 'Schedules',
    caption: 'Cleanup policies with a schedule',
    empty: 'No schedules yet. Add a schedule to a cleanup policy to run it by itself.',
    policy: 'Cleanup policy',
    next: 'Next run',
    paused: 'Paused',
    noNext: 'No further run',
  },
  audit: {
    title: 'Audit log',
    entries: (count: number) => (count === 1 ? 'entry' : 'entries'),
    empty: 'Nothing recorded yet. Every manual and automatic action will leave an entry here.',
    proof: 'Each entry is chained to the one before it by a hash, so that a changed or missing entry shows.',
    verify: 'Run `rollcall audit verify` to prove it, and `rollcall audit export` to keep the evidence elsewhere.',
  },
} as const
