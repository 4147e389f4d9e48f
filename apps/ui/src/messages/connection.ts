// Texts of connecting, syncing and disconnecting.
import { inJira } from '../host/host'

/** How to set the keys of a server in its environment. */
export const connect = {
  title: 'Connect your organization',
  intro: 'Rollcall is not connected to an organization yet.',
  steps: [
    'In Atlassian Administration, open Organization settings, then API keys, and create a key that can read users.',
    'Set `ROLLCALL_ORG_ID` and `ROLLCALL_API_KEY_FILE` (the file that holds the key), then restart the server.',
    'Run `rollcall sync`. The overview appears after the first sync.',
  ],
  later: 'Reading changes nothing. You need a key for changes only when you run your first plan.',
} as const

export const connection = {
  firstTitle: 'Connect your organization',
  title: 'Connection',
  form: 'Connection to the organization',
  intro:
    'Rollcall reads your organization with an API key. An organization admin creates it under ' +
    'Organization settings, API keys.',
  keysPage: 'Open Atlassian Administration',
  organizationId: 'Organization id',
  organizationIdHelp: 'Atlassian shows it with a new key. It is also in the address, after /o/.',
  readKey: 'Read API key',
  readKeyHelp: 'A key with the read scopes is enough to sync and to preview. It cannot change anything.',
  actKey: 'API key for changes (optional)',
  actKeyHelp: 'Changes need a key without scopes. Leave this empty until you run a plan. Only runs use this key.',
  readKeyExpires: 'The read key expires on (optional)',
  actKeyExpires: 'The key for changes expires on (optional)',
  expiresHelp: 'Atlassian shows the date where you create the key. Rollcall warns you before it expires.',
  keptHelp: 'Leave this empty to keep the current key. To remove it, disconnect.',
  kept: inJira
    ? "Rollcall tests the keys, then keeps them in Atlassian's secret store. It never shows them again."
    : 'Rollcall tests the keys, then keeps them encrypted with the master key. It never shows them again.',
  connect: 'Connect',
  cancel: 'Cancel',
  change: 'Replace keys',
  refusedTitle: 'The organization was not connected',
  organization: 'Organization',
  changesKey: 'API key for changes',
  endsIn: (end: string) => `ends in ${end}`,
  sameKey: 'None. Changes use the read key, which must have no scopes.',
  connectedAt: 'Connected',
  connectedBy: 'Connected by',
} as const

export const sync = {
  first: 'Run the first sync. It reads users, seats and last activity from Atlassian, and changes nothing.',
  start: 'Start first sync',
  now: 'Sync now',
  running: 'Syncing. This takes a few minutes in a large organization, and continues when you leave this page.',
  startedElsewhere: 'A sync is running. Another admin, a schedule or an earlier visit started it.',
  lastProgress: 'Last progress',
  progress: 'Sync progress',
  failed: 'The sync failed',
} as const

export const disconnect = {
  disconnect: 'Disconnect',
  title: 'Disconnect the organization?',
  text: 'Rollcall deletes the keys. Nothing runs, not even on schedule, until you enter keys again and allow runs in Settings. Plans, runs and the audit log stay.',
  keep: 'Stay connected',
  confirm: 'Disconnect now',
  failed: 'The organization is still connected',
} as const
