// Every English text of the page in one catalogue; components hold none of their own. `Backticks` mark what is typed.
import { inJira } from './host/host'
import { auditLog } from './messages/audit-log'
import { firstUse, navigation, pager } from './messages/navigation'
import { activity, attention, data, reconciling, seatHistory } from './messages/overview'
import { plans, remedies } from './messages/plans'
import { policies } from './messages/policies'
import { protections } from './messages/protections'
import { runs } from './messages/runs'
import { settings } from './messages/settings'
import { protecting, savedFilters, users } from './messages/users'
import type { RunCounts, RunStatus } from './overview/overview-data'

/** The catalogue's language; numbers, dates and ages are written in it too, so that a sentence never mixes languages. */
export const locale = 'en'

/** Inside Jira there is no command line, and no server of one's own. */
const shownIn = ({ server, jira }: { readonly server: string; readonly jira: string }): string =>
  inJira ? jira : server

const runStatus: Readonly<Record<RunStatus, string>> = {
  'awaiting-approval': 'Awaiting approval',
  quarantined: 'Quarantined',
  discarded: 'Discarded',
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
  navigation,
  firstUse,
  pager,
  plans,
  policies,
  runs,
  users,
  savedFilters,
  protecting,
  protections,
  auditLog,
  settings,
  attention,
  activity,
  seatHistory,
  data,
  reconciling,
  remedies,
  close: 'Close',
  cancel: 'Cancel',
  noEmail: 'no e-mail shown',
  noMatch: 'Nothing matches.',
  typedCount: (count: string) => `Type the number of accounts (${count}) to confirm`,
  loading: 'Loading the overview',
  unknown: 'unknown',
  errors: {
    loadTitle: 'The overview could not be loaded',
    refreshTitle: 'The overview could not be refreshed',
    crashTitle: 'The page could not be shown',
    partTitle: 'This could not be loaded',
    staleTitle: 'This could not be refreshed',
    connectionTitle: 'It is not known whether an organization is connected',
    crash: 'Rollcall answered with something this page does not understand. Nothing was changed in your organization.',
    again: 'Rollcall tries again by itself every 15 seconds.',
    outdated: (time: string) => `You see the state of ${time}.`,
    retry: 'Try again now',
    reload: 'Reload the page',
    unreachable: 'The Rollcall server cannot be reached. Check that it is running.',
    tooSlow: 'The Rollcall server did not answer in time.',
    unexpectedAnswer: shownIn({
      server: 'The server answered, but not with what was asked. Check the address and any proxy in between.',
      jira: 'Rollcall answered, but not with what was asked. Load the page again.',
    }),
    bridge:
      'Jira got no answer from Rollcall. Try again; if it stays so, the log of the app says why (Manage apps, Rollcall).',
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
    later: 'Reading never changes anything. The key for changes is needed only when you run your first plan.',
  },
  connection: {
    firstTitle: 'Connect your organization',
    title: 'Connection',
    form: 'Connection to the organization',
    intro:
      "Rollcall reads Atlassian's organization API with a key that an organization admin makes under " +
      'Organization settings, API keys.',
    keysPage: 'Open Atlassian Administration',
    organizationId: 'Organization id',
    organizationIdHelp: 'Atlassian shows it together with a new key. It is also in the address, after /o/.',
    readKey: 'API key for reading',
    readKeyHelp: 'A key with the read scopes is enough to take the roll and to plan. It cannot change anything.',
    actKey: 'API key for changes (optional)',
    actKeyHelp:
      'Changes need a key without scopes. Leave this empty until you want to run a plan. Only runs use this key.',
    readKeyExpires: 'The key for reading ends on (optional)',
    actKeyExpires: 'The key for changes ends on (optional)',
    expiresHelp: 'Atlassian shows the date where the key is made. Rollcall warns before it comes.',
    keptHelp: 'Leave this empty to keep the key that is there. To remove it, disconnect.',
    kept: shownIn({
      server:
        'Keys are tried before they are kept. They are kept encrypted under the master key and are never shown again.',
      jira: "Keys are tried before they are kept. They are kept in Atlassian's secret store and are never shown again.",
    }),
    connect: 'Connect',
    cancel: 'Cancel',
    change: 'Enter other keys',
    refusedTitle: 'The organization was not connected',
    organization: 'Organization',
    changesKey: 'API key for changes',
    endsIn: (end: string) => `ends in ${end}`,
    sameKey: 'None. Changes use the key for reading, and need one without scopes.',
    connectedAt: 'Connected',
    connectedBy: 'By account',
  },
  roll: {
    first: 'Now take the roll: who is there, who holds a seat, who has gone quiet. This only reads.',
    take: 'Take the roll',
    again: 'Take the roll again',
    underWay:
      'The roll is being taken. That takes some minutes where there are many people, and goes on by itself, even when ' +
      'you leave this page.',
    begun: 'A roll was begun, by somebody else, by a schedule, or before this page was opened.',
    moved: 'It last moved on',
    progress: 'Taking the roll',
    failed: 'The roll was not taken',
  },
  disconnect: {
    disconnect: 'Disconnect',
    title: 'Disconnect the organization?',
    text: 'The keys are deleted. Nothing runs any more, not even by schedule, until keys are entered again and somebody allows runs again in the settings. What was recorded stays.',
    keep: 'Stay connected',
    confirm: 'Disconnect now',
    failed: 'The organization is still connected',
  },
  notice: 'Please note',
  stopSwitch: {
    title: 'The stop switch is on',
    text:
      'No run starts, and nothing is changed in your organization. Reading and planning still work. ' +
      'To allow runs again, turn it off under Settings.',
  },
  snapshot: {
    none: 'No snapshot yet: the roll was never taken.',
    asOf: 'Snapshot taken',
    accounts: (count: number, shown: string) => `${shown} ${count === 1 ? 'account' : 'accounts'}`,
    incompleteTitle: 'The snapshot is incomplete',
    incomplete: (found: string, expected: string) =>
      `It holds ${found} accounts (expected: ${expected}), so people may be missing from every number below. ` +
      'Take the roll again before you plan.',
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
    all: (count: string) => `Show all ${count}`,
    fewer: 'Show fewer',
  },
  people: {
    title: 'People',
    empty: 'No people counted yet. They appear once the roll is taken.',
    caption: 'People by status',
    status: 'Status',
    count: 'People',
    share: 'Share',
    total: (count: number) => (count === 1 ? 'person in total' : 'people in total'),
    groups: { active: 'Active', suspended: 'Suspended', deactivated: 'Deactivated', other: 'Other' },
  },
  plan: {
    title: 'Latest plan',
    empty: 'No plan yet. A plan shows what a cleanup policy would do; it changes nothing.',
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
    verify:
      'Once a day the newest entry is signed, so that not even a log that was made anew passes for this one. ' +
      'The screen of the audit log verifies it, and exports the evidence to be kept elsewhere.',
  },
} as const
