// Accounts outside of the directory: apps, service accounts, portal-only customers.

import type { Account } from './organization.js'
import type { Random } from './random.js'

const day = 86_400_000

function make(
  random: Random,
  now: number,
  identity: Pick<Account, 'accountId' | 'accountType' | 'name' | 'email'> & { appType?: 'service' | 'agent' },
): Account {
  return {
    ...identity,
    nickname: identity.name,
    managed: false,
    synced: false,
    accountStatus: 'active',
    jobTitle: null,
    department: null,
    addedToOrg: now - (30 + random.integer(900)) * day,
    memberships: new Map(),
    groups: new Set(),
    orgRoles: new Set(),
    direct: [],
    lastActive: new Map(),
    history: [],
    tokens: [],
    deactivatedAt: undefined,
    deletionAt: undefined,
  }
}

/** Makes a few apps and service accounts, and a portal-only customer for every hundred people. */
export function makeOthers(random: Random, users: number, now: number): Account[] {
  const app = (name: string, appType?: 'service' | 'agent') =>
    make(random, now, {
      accountId: `557058:${random.uuid()}`,
      accountType: 'app',
      name,
      email: '',
      ...(appType === undefined ? {} : { appType }),
    })
  const customer = (index: number) =>
    make(random, now, {
      accountId: `qm:${random.uuid()}:${random.uuid()}`,
      accountType: 'customer',
      name: `Customer ${index}`,
      email: `customer.${index}@customers.example`,
    })
  return [
    app('Automation for Jira'),
    app('Reporting service account', 'service'),
    app('Triage agent', 'agent'),
    ...Array.from({ length: Math.ceil(users / 100) }, (_, index) => customer(index)),
  ]
}
