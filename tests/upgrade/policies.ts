// The policies of the fixture: together they contain every condition, several schedules, limits and both approvals.

const site = 'acme.atlassian.net'
const jira = { site, product: 'jira-software' }

/** Runs every Monday, with approval by a person. */
export const freeSeats = {
  name: 'Free unused Jira seats',
  scope: jira,
  conditions: { all: [{ 'inactive-for': '60d' }, { not: { 'in-group': 'contractors-keep' } }] },
  actions: ['revoke-product-access'],
  schedule: { every: '1 week', on: 'monday', at: '07:00', timeZone: 'Europe/Berlin' },
  approval: 'required',
  limits: { take: 3 },
}

/** Runs every Monday with automatic approval, and pauses after its first accounts. */
export const suspendIdle = {
  name: 'Suspend idle Confluence users',
  scope: 'organization',
  conditions: {
    all: [
      { 'inactive-for': '5d' },
      { 'has-product': 'confluence' },
      { not: { 'has-product': 'jira-software' } },
      { status: 'active' },
    ],
  },
  actions: ['suspend-access'],
  schedule: { cron: '0 7 * * 1', timeZone: 'Europe/Berlin', holidays: true },
  approval: 'automatic',
  limits: { take: 4, accounts: 20, canaryAccounts: 2, canaryWait: 45 },
}

/** Enabled once, and disabled again. */
export const newcomers = {
  name: 'Deactivate accounts that nobody ever used',
  scope: 'organization',
  conditions: { all: [{ 'never-active': '90d' }, { managed: true }, { 'added-before': '2026-01-01' }] },
  actions: ['deactivate-account'],
  schedule: { once: '2027-01-31T07:00', timeZone: 'America/New_York', weekends: true },
  limits: { accounts: 10, percent: 2.5, planAge: 12 },
}

/** Imported and previewed, but never enabled. */
export const leaveGroup = {
  name: 'Leave the testers group',
  scope: 'organization',
  conditions: {
    any: [
      { 'last-active-before': '2026-06-01' },
      { 'email-domain': 'partner.example' },
      { 'email-matches': '*@freelance.example' },
    ],
  },
  actions: ['remove-from-group'],
  group: 'jira-testers-acme',
}

/** Imported, but never previewed. */
export const notSeen = { ...freeSeats, name: 'Free unused Confluence seats', scope: { site, product: 'confluence' } }

/** Changes more accounts than its limits allow, so that the guard refuses it. */
export const tooMany = {
  ...freeSeats,
  name: 'Too many at once',
  conditions: { 'inactive-for': '1d' },
  schedule: undefined,
  limits: { accounts: 2 },
}
