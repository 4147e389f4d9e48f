// Texts of the settings.

export const settings = {
  organization: 'Organization',
  noOrganization: 'No organization yet. It appears after the first sync.',
  name: 'Name',
  id: 'Organization id',
  sites: 'Sites',
  keys: 'API keys',
  loadingKeys: 'Loading API keys',
  key: 'Key',
  endsOn: (what: string) => `${what} expires on`,
  daysLeft: (days: number, shown: string) =>
    days < 0 ? 'It has expired.' : days === 0 ? 'It expires today.' : `${shown} ${days === 1 ? 'day' : 'days'} left.`,
  endUnknown: 'Expiry date unknown.',
  keyInUse: (end: string) => `Key ending in ${end}.`,
  noKeyOfItsOwn: 'No separate key.',
  expiryMeans:
    'API keys last at most a year, and Atlassian shows the expiry date only where you create the key. Enter it here, and ' +
    'Rollcall warns you 30, 14, 7 and 1 days before.',
  saveExpiry: 'Save dates',
  checkKeys: 'Check the keys',
  notChecked: 'The keys were not checked',
  neverChecked: 'The keys have not been checked yet.',
  abilities: 'What the keys can do',
  trouble: 'The API keys cannot do everything that Rollcall needs',
  lacking: (what: string, can: boolean | null) =>
    can === null ? `Unknown whether they can ${what}:` : `They cannot ${what}:`,
  checked: 'Checked',
  ability: 'Needed to',
  response: 'Result',
  whyNot: 'Details',
  can: 'Yes',
  cannot: 'No',
  notKnown: 'Unknown',
  keysOfServer:
    'On a server, set the keys with `rollcall connect` or in the environment. Rollcall never shows them again.',
  stopSwitch: 'Stop switch',
  on: 'On',
  off: 'Off',
  stopMeans:
    'While it is on, no run starts. Turning it on stops every executing run: at most the request in flight ends, and each ' +
    'stopped run needs its own approval to go on, also after you allow runs again. Undo, syncs and previews still work.',
  turnOn: 'Stop everything',
  turnOff: 'Allow runs again',
  notTurned: 'The stop switch was not changed',
  limits: 'Limits',
  loadingLimits: 'Loading limits',
  limitsMean:
    'A policy can set stricter limits for itself, never wider ones. A plan over its limits is blocked. Changing a limit blocks the plans made before.',
  limit: 'Limit',
  value: 'Value',
  bounds: 'Allowed',
  fromTo: (least: string, most: string) => `${least} to ${most}`,
  initial: 'Default',
  saveLimits: 'Save limits',
  notSaved: 'Nothing was saved',
  nonWorkingDays: 'Non-working days',
  loadingNonWorkingDays: 'Loading non-working days',
  nonWorkingDaysMean: 'Schedules skip these days and run on the next working day, unless the policy says otherwise.',
  weekdays: 'Weekdays',
  holidays: 'Holidays, one date per line, such as 2026-12-25',
  saveNonWorkingDays: 'Save non-working days',
} as const
