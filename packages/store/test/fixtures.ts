// Fixtures for store tests: databases in memory and on disk, and small values to store.

import { createHash } from 'node:crypto'
import {
  brandId,
  defaultLimits,
  type Account,
  type Plan,
  type Run,
  type Snapshot,
  type EndedStep,
  type Step,
} from '@rollcall/core'
import Database from 'better-sqlite3'
import { createAuditLog, createStore, migrate, openSqlite } from '../src/index.js'

let ids = 0
export const system = {
  digest: async (text: string) => createHash('sha256').update(text, 'utf8').digest('hex'),
  newId: () => `id-${(ids += 1)}`,
}

/** Opens a migrated database. Two calls with one file give two connections, like those of two processes. */
export async function open(file = ':memory:', patience?: number) {
  const driver = new Database(file)
  const db = openSqlite(driver, patience)
  await migrate(db)
  return { driver, db, store: createStore(db), auditLog: createAuditLog(db, system) }
}

export const snapshotId = brandId<Snapshot['id']>('snapshot-1')

export const account = (id: string, changes: Partial<Account> = {}): Account => ({
  accountId: brandId(id),
  name: `Person ${id}`,
  email: `${id}@example.com`,
  accountType: 'atlassian',
  managed: true,
  synced: false,
  accountStatus: 'active',
  membershipStatus: 'active',
  addedAt: Date.UTC(2024, 0, 1),
  platformRoles: [],
  products: [],
  groups: [],
  ...changes,
})

export const snapshot = (id: string, changes: Partial<Snapshot> = {}): Snapshot => ({
  id: brandId(id),
  organization: { id: brandId('org'), name: 'Acme' },
  startedAt: 1,
  asOf: undefined,
  complete: false,
  accounts: 0,
  expected: 0,
  cursor: undefined,
  seats: [],
  directories: [],
  groups: [],
  admins: 2,
  inactive: 0,
  ...changes,
})

export const plan = (id: string, changes: Partial<Plan> = {}): Plan => ({
  planId: brandId(id),
  createdAt: 1,
  fingerprint: 'f'.repeat(64),
  policy: null,
  policyVersion: null,
  snapshotId,
  snapshotAsOf: 1,
  organization: { id: brandId('org'), name: 'Acme' },
  scope: 'organization',
  conditions: null,
  population: 1,
  populationKind: 'org-users',
  limits: defaultLimits,
  limitsDigest: '',
  protectedDigest: '',
  undoOf: null,
  madeBy: 'mia',
  scheduled: false,
  source: 'picked',
  actions: [],
  excluded: { total: 0, reasons: [] },
  ...changes,
})

export const run = (id: string, planId: string, changes: Partial<Run> = {}): Run => ({
  runId: brandId(id),
  planId: brandId(planId),
  status: 'executing',
  approvedBy: 'mia',
  accepted: [],
  startedAt: 1,
  revision: 0,
  ...changes,
})

type StepFields = Partial<Omit<EndedStep, 'state'>> & { readonly state?: Step['state'] }

export const step = (runId: string, position: number, changes: StepFields = {}): Step =>
  ({
    runId: brandId(runId),
    position,
    accountId: brandId('a1'),
    action: 'suspend-access',
    target: {},
    state: 'intent',
    intentAt: 100,
    attempts: 0,
    changes: [],
    ...changes,
  }) as Step
