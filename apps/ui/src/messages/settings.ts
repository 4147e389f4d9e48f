// Texts of the settings.

export const settings = {
  organization: 'Organization',
  noOrganization: 'No organization is known yet.',
  name: 'Name',
  id: 'Organization id',
  sites: 'Sites',
  keys: 'API keys',
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
