// The policies of the fixture: together they hold every condition, several schedules, limits and both approvals.

const site = 'acme.atlassian.net'
const jira = { site, product: 'jira-software' }

/** Runs every Monday and waits for a person. */
export const freeSeats = {
  name: 'Free unused Jira seats',
  scope: jira,
  conditions: { all: [{ 'inactive-for': '60d' }, { not: { 'in-group': 'contractors-keep' } }] },
  actions: ['revoke-product-access'],
  schedule: { every: '1 week', on: 'monday', at: '07:00', timeZone: 'Europe/Berlin' },
  approval: 'required',
  limits: { take: 3 },
}

/** Runs every Monday by itself, and pauses after its first accounts. */
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

/** Was enabled and is disabled again. */
export const newcomers = {
  name: 'Deactivate accounts that nobody ever used',
  scope: 'organization',
  conditions: { all: [{ 'never-active': '90d' }, { managed: true }, { 'added-before': '2026-01-01' }] },
  actions: ['deactivate-account'],
  schedule: { once: '2027-01-31T07:00', timeZone: 'America/New_York', weekends: true },
  limits: { accounts: 10, percent: 2.5, planAge: 12 },
}

/** Is imported and previewed, and was never enabled. */
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

/** Is imported, and nobody has looked at a plan of it. */
export const notSeen = { ...freeSeats, name: 'Free unused Confluence seats', scope: { site, product: 'confluence' } }

/** Touches more accounts than its limits allow, so that it is refused. */
export const tooMany = {
  ...freeSeats,
  name: 'Too many at once',
  conditions: { 'inactive-for': '1d' },
  schedule: undefined,
  limits: { accounts: 2 },
}
