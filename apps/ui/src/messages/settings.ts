// Texts of the settings.

export const settings = {
  organization: 'Organization',
  noOrganization: 'No organization is known yet.',
  name: 'Name',
  id: 'Organization id',
  sites: 'Sites',
  keys: 'API keys',
  loadingKeys: 'Loading what is known of the keys',
  key: 'Key',
  endsOn: (what: string) => `${what} ends on`,
  daysLeft: (days: number, shown: string) =>
    days < 0 ? 'has ended' : days === 0 ? 'ends today' : `${shown} ${days === 1 ? 'day' : 'days'} left`,
  endUnknown: 'unknown',
  expiryMeans:
    'A key lasts a year at most, and Atlassian tells its end only where it is made. Enter it here, and Rollcall warns ' +
    '30, 14 and 7 days and 1 day before.',
  saveExpiry: 'Save the dates',
  checkKeys: 'Check what the keys can do',
  notChecked: 'The keys could not be checked',
  neverChecked: 'What the keys can do was not checked yet.',
  abilities: 'What the keys can do',
  trouble: 'The keys cannot do everything',
  lacking: (what: string, can: boolean | null) =>
    can === null ? `Whether they can ${what} is not known:` : `They cannot ${what}:`,
  checked: 'Checked',
  ability: 'Can it',
  answer: 'Answer',
  whyNot: 'Why not',
  can: 'Yes',
  cannot: 'No',
  notKnown: 'Not known',
  keysOfServer:
    'On a server they are set by whoever starts it, by `rollcall connect` or in the environment, and are never shown.',
  stopSwitch: 'Stop switch',
  on: 'On',
  off: 'Off',
  stopMeans:
    'While it is on, no run starts and those under way halt after the account that they are at. Reading and planning still work.',
  turnOn: 'Stop everything',
  turnOff: 'Allow runs again',
  notTurned: 'The switch was not turned',
  limits: 'Limits',
  loadingLimits: 'Loading the limits',
  limitsMean:
    'How far a run may go. A policy may set some of them for itself. Plans that were made before a change are refused. ' +
    'The bounds hold for everybody.',
  limit: 'Limit',
  value: 'Value',
  valueOf: (name: string) => `Value of ${name}`,
  bounds: 'Bounds',
  fromTo: (least: string, most: string) => `${least} to ${most}`,
  usual: 'Usual',
  saveLimits: 'Save the limits',
  notSaved: 'That was not saved',
  restDays: 'Rest days',
  loadingRestDays: 'Loading the rest days',
  restDaysMean: 'Policies that run by themselves wait for the next working day, unless their schedule says otherwise.',
  weekdays: 'Weekdays',
  holidays: 'Holidays, one date to a line, such as 2026-12-25',
  saveRestDays: 'Save the rest days',
} as const
