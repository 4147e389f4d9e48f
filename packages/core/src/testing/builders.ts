// Values for tests with sensible defaults: an ordinary user of an ordinary organization.

import type { Account, ProductAccess } from '../model/account.js'
import { brandId, type AccountId, type DirectoryId, type GroupId, type WorkspaceAri } from '../model/ids.js'
import { defaultLimits, type SomeLimits } from '../model/limits.js'
import type { GroupGrant, Organization, Workspace } from '../model/organization.js'
import type { Plan, PlannedAction } from '../model/plan.js'
import type { Policy } from '../model/policy.js'
import type { Run } from '../model/run.js'
import type { EndedStep, Step } from '../model/step.js'
import { day } from '../model/time.js'
import { testNow } from './manual-system.js'
import type { MemoryOrganization, Person } from './memory-organization.js'
import type { Snapshot } from '../model/snapshot.js'
import { readPolicy } from '../policy/policy-document.js'

export const accountId = (text: string) => brandId<AccountId>(text)
export const site = 'acme.atlassian.net'
export const jira = brandId<WorkspaceAri>('ari:cloud:jira-software::site/1')
export const confluence = brandId<WorkspaceAri>('ari:cloud:confluence::site/1')
export const mainDirectory = brandId<DirectoryId>('directory-1')
export const secondDirectory = brandId<DirectoryId>('directory-2')
export const acme: Organization = { id: brandId('org-1'), name: 'Acme' }

export const workspace = (changes: Partial<Workspace> = {}): Workspace => ({
  ari: jira,
  site,
  product: 'jira-software',
  capacity: undefined,
  sandbox: false,
  ...changes,
})

/** A group that Rollcall can change; it grants nothing by default. */
export const group = (name: string, changes: Partial<GroupGrant> = {}): GroupGrant => ({
  id: brandId<GroupId>(`group-${name}`),
  name,
  directoryId: mainDirectory,
  modifiable: true,
  isDefault: false,
  grants: [],
  ...changes,
})

export const access = (changes: Partial<ProductAccess> = {}): ProductAccess => ({
  workspace: jira,
  site,
  product: 'jira-software',
  lastActive: { kind: 'at', at: testNow - 200 * day },
  ...changes,
})

/** A managed, active account that joined long ago and has access to no product. */
export const account = (changes: Partial<Account> = {}): Account => ({
  accountId: accountId('person-1'),
  name: 'Person One',
  email: 'person.1@acme.example',
  accountType: 'atlassian',
  managed: true,
  synced: false,
  accountStatus: 'active',
  membershipStatus: 'active',
  addedAt: testNow - 1000 * day,
  platformRoles: [],
  products: [],
  groups: [],
  ...changes,
})

export interface PersonChanges extends Partial<Omit<Person, 'memberships' | 'groups' | 'used'>> {
  /** Names of groups. */
  readonly groups?: readonly string[]
  readonly memberships?: readonly (readonly [DirectoryId, 'active' | 'suspended' | 'unknown'])[]
  readonly used?: readonly (readonly [WorkspaceAri, ProductAccess['lastActive']])[]
  /** Days since the person last used any product. */
  readonly inactiveDays?: number
}

/** An active Jira user, inactive for 200 days by default. */
export function person(id: string, changes: PersonChanges = {}): Person {
  const {
    groups = ['jira-users'],
    memberships = [[mainDirectory, 'active']],
    used,
    inactiveDays = 200,
    ...rest
  } = changes
  const at = testNow - inactiveDays * day
  const everywhere = [jira, confluence].map((ari) => [ari, { kind: 'at', at }] as const)
  return {
    accountId: accountId(id),
    name: `Person ${id}`,
    email: `${id}@acme.example`,
    accountType: 'atlassian',
    managed: true,
    synced: false,
    accountStatus: 'active',
    addedAt: testNow - 1000 * day,
    platformRoles: [],
    ...rest,
    memberships: new Map(memberships),
    groups: new Set(groups.map((name) => group(name).id)),
    used: new Map(used ?? everywhere),
  }
}

export const orgAdmin = (id: string): Person => person(id, { platformRoles: ['atlassian/org-admin'], inactiveDays: 1 })

/** An organization with two admins, the given people, Jira and Confluence on one site, and the groups that grant them. */
export function organization(
  people: readonly Person[] = [],
  changes: Partial<Omit<MemoryOrganization, 'people'>> = {},
): MemoryOrganization {
  const everybody = [orgAdmin('admin-1'), orgAdmin('admin-2'), ...people]
  return {
    organization: acme,
    directories: [{ id: mainDirectory, name: 'Acme' }],
    workspaces: [workspace(), workspace({ ari: confluence, product: 'confluence' })],
    groups: [
      group('jira-users', { grants: [jira], isDefault: true }),
      group('jira-testers', { grants: [jira] }),
      group('confluence-users', { grants: [confluence], isDefault: true }),
      group('all-in-one', { grants: [jira, confluence] }),
      group('okta-engineering', { grants: [jira], modifiable: false }),
      group('contractors-keep'),
    ],
    ...changes,
    people: new Map(everybody.map((one) => [one.accountId, one])),
  }
}

/** Wide limits, which a test gives its organization when it wants those of its policy to decide. */
export const wideLimits = { accounts: 1000, percent: 20, unknown: 50, refused: 50 }

const standardLimits = { accounts: 50, percent: 5, unknown: 3, refused: 5 }

/**
 * A policy that frees Jira seats after 90 days of inactivity. Its limits are wide; a test tightens the one that it needs,
 * and then the others have their defaults.
 */
export function policy({ limits, ...changes }: Readonly<Record<string, unknown>> = {}): Policy {
  const read = readPolicy({
    name: 'Free unused Jira seats',
    scope: { site, product: 'jira-software' },
    conditions: { 'inactive-for': '90d' },
    actions: ['revoke-product-access'],
    limits: limits === undefined ? wideLimits : { ...standardLimits, ...(limits as SomeLimits) },
    ...changes,
  })
  if ('policy' in read) return read.policy
  throw new Error(read.problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
}

/** A finished and complete snapshot of 1000 accounts. */
export const snapshot = (changes: Partial<Snapshot> = {}): Snapshot => ({
  id: brandId('snapshot-1'),
  organization: acme,
  startedAt: testNow,
  asOf: testNow,
  complete: true,
  accounts: 1000,
  expected: 1000,
  cursor: undefined,
  seats: [{ ...workspace(), used: 10 }],
  directories: [{ id: mainDirectory, name: 'Acme' }],
  groups: [group('jira-users', { grants: [jira], isDefault: true })],
  admins: 2,
  inactive: 100,
  ...changes,
})

export const plannedAction = (id: string, changes: Partial<PlannedAction> = {}): PlannedAction => ({
  accountId: accountId(id),
  action: 'suspend-access',
  target: {},
  reason: 'last active 2026-05-08',
  undo: 'restore access, with the same groups and roles',
  lastActive: testNow - 200 * day,
  ...changes,
})

/** The given number of planned suspensions. */
export const plannedActions = (count: number): readonly PlannedAction[] =>
  Array.from({ length: count }, (_, index) => plannedAction(`person-${index}`))

/** A plan for picked accounts with a population of 1000. Its fingerprint is not computed. */
export const plan = (changes: Partial<Plan> = {}): Plan => ({
  planId: brandId('plan-1'),
  createdAt: testNow,
  fingerprint: 'f'.repeat(64),
  policy: null,
  policyVersion: null,
  snapshotId: brandId('snapshot-1'),
  snapshotAsOf: testNow,
  organization: acme,
  scope: 'organization',
  conditions: null,
  population: 1000,
  populationKind: 'org-users',
  limits: defaultLimits,
  limitsDigest: 'l'.repeat(64),
  protectedDigest: 'p'.repeat(64),
  undoOf: null,
  madeBy: 'mia',
  scheduled: false,
  source: 'picked',
  actions: plannedActions(1),
  excluded: { total: 999, reasons: [{ code: 'recently-active', text: 'not inactive for 90 days', accounts: 999 }] },
  ...changes,
})

export const run = (id: string, planId: string, changes: Partial<Run> = {}): Run => ({
  runId: brandId(id),
  planId: brandId(planId),
  status: 'executing',
  approvedBy: 'mia',
  accepted: [],
  startedAt: testNow,
  revision: 1,
  ...changes,
})

/** The fields that open steps may have, though not all at once. */
type StepFields = Partial<Omit<EndedStep, 'state'>> & { readonly state?: Step['state'] }

export const step = (runId: string, position: number, changes: StepFields = {}): Step =>
  ({
    runId: brandId(runId),
    position,
    accountId: accountId('person-1'),
    action: 'suspend-access',
    target: {},
    state: 'intent',
    intentAt: testNow,
    attempts: 0,
    changes: [],
    ...changes,
  }) as Step
