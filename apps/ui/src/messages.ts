// Every text of the page in one catalogue; components contain no texts. `Backticks` mark text to type.
import { auditLog } from './messages/audit-log'
import { audit, plan, run, schedules, seats, snapshot, usersByStatus } from './messages/cards'
import { connect, connection, disconnect, sync } from './messages/connection'
import { errors } from './messages/errors'
import { firstUse, navigation, pager } from './messages/navigation'
import { activity, attention, data, reconciling, seatHistory } from './messages/overview'
import { excluding, plans, remedies } from './messages/plans'
import { policies } from './messages/policies'
import { protections } from './messages/protections'
import { giveBack, runs } from './messages/runs'
import { settings } from './messages/settings'
import { protecting, savedFilters, users } from './messages/users'

/** The language of the catalogue, also for numbers, dates and ages. */
export const locale = 'en'

export const messages = {
  product: 'Rollcall',
  title: 'Overview',
  navigation,
  firstUse,
  pager,
  plans,
  policies,
  excluding,
  runs,
  giveBack,
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
  errors,
  connect,
  connection,
  sync,
  disconnect,
  snapshot,
  seats,
  usersByStatus,
  plan,
  run,
  schedules,
  audit,
  close: 'Close',
  cancel: 'Cancel',
  noEmail: 'Email hidden',
  noMatch: 'No matches. Change or clear the filters.',
  typedCount: (count: string) => `Type the number of users (${count}) to confirm`,
  loading: 'Loading the overview',
  unknown: 'unknown',
  notice: 'Please note',
  demo: {
    label: 'Demo',
    title: 'This is a demo organization',
    text: 'All users, sites and seats are simulated. Nothing here changes a real organization.',
  },
  stopSwitch: {
    title: 'The stop switch is on',
    text:
      'Every run that was executing has stopped, and each needs its own approval to go on. No other run starts, not even on ' +
      'schedule. Undo and Give back still work, and so do syncs and previews. To allow runs again, turn it off in Settings.',
  },
} as const
