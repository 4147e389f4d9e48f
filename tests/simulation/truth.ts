// The truth: the real state of the organization, with the history of all changes.

import type { Account, AccountId, Change, Instant, WorkspaceAri } from '@rollcall/core'
import { day, hour } from '@rollcall/core'
import {
  confluence,
  group,
  jira,
  mainDirectory,
  makeChange,
  type MemoryOrganization,
  organization,
  person,
  type Person,
  secondDirectory,
  workspace,
} from '@rollcall/core/testing'
import type { Random } from './random.js'

type Doer = 'rollcall' | 'person' | 'idp'

/** One change that arrived, and whether it had an effect. */
interface Done {
  readonly at: Instant
  readonly by: Doer
  readonly change: Change
  readonly effective: boolean
}

/** How Atlassian corrupts an account's last activity. */
export const spoilings = ['unknown', 'future', '1970', 'date only', 'joined in 1970'] as const
interface Spoilt {
  readonly kind: (typeof spoilings)[number]
  readonly since: Instant
}

export interface Truth {
  readonly organization: MemoryOrganization
  readonly done: Done[]
  /** When an account was really active last, and when Atlassian shows it. */
  readonly activity: Map<string, { readonly at: Instant; readonly shownFrom: Instant }[]>
  readonly spoilt: Map<string, Spoilt>
  /** When an account joined the group that exclusions name, and when it was first active outside the organization. */
  readonly keptSince: Map<string, Instant>
  readonly outsideSince: Map<string, Instant>
  /** Caches the last reading of each account, because usually nothing has changed since. */
  readonly readings: Map<Person, { readonly state: string; readonly groups: unknown; readonly account: Account }>
  /** The accounts that policies target. */
  readonly quiet: readonly AccountId[]
  readonly everybody: readonly AccountId[]
  /** Applies a change like Atlassian; throws Atlassian's error when it refuses. */
  make(change: Change, by: Doer, at: Instant): boolean
}

/** Generates an organization: a few inactive accounts among active ones, two admins, one or two directories. */
export function drawTruth(random: Random, start: Instant, several = false, testers = 0.25): Truth {
  const twoDirectories = random.chance(0.3) || several
  const memberships = twoDirectories
    ? ([
        [mainDirectory, 'active'],
        [secondDirectory, 'active'],
      ] as const)
    : ([[mainDirectory, 'active']] as const)
  const quietOnes = Array.from({ length: random.between(3, 9) }, (_, n) =>
    person(`quiet-${n}`, {
      memberships,
      groups: random.chance(testers) ? ['jira-users', 'jira-testers'] : ['jira-users'],
      inactiveDays: 400 - n,
      synced: random.chance(0.05),
      managed: random.chance(0.9),
    }),
  )
  const busy = Array.from({ length: random.between(12, 20) }, (_, n) =>
    person(`busy-${n}`, { memberships, inactiveDays: random.between(1, 60) }),
  )
  const special = [
    person('service', { name: 'Backup Service', inactiveDays: 300 }),
    person('app', { accountType: 'app', inactiveDays: 300 }),
    person('site-admin', { platformRoles: ['atlassian/site-admin'], inactiveDays: 300 }),
    // Became active recently; Atlassian still shows older activity.
    person('young', { addedAt: start - 20 * day, inactiveDays: 300 }),
    person('requester', { inactiveDays: 300 }),
  ]
  const world = organization([...quietOnes, ...busy, ...special], {
    directories: [
      { id: mainDirectory, name: 'Acme' },
      ...(twoDirectories ? [{ id: secondDirectory, name: 'Acme Labs' }] : []),
    ],
    workspaces: [
      workspace(random.chance(0.3) ? { capacity: 200 } : {}),
      workspace({ ari: confluence, product: 'confluence' }),
    ],
    groups: [
      group('jira-users', { grants: [jira], isDefault: true }),
      group('jira-testers', { grants: [jira] }),
      group('confluence-users', { grants: [confluence], isDefault: true }),
      group('contractors-keep'),
    ],
  })
  const done: Done[] = []
  return {
    organization: world,
    done,
    activity: new Map(),
    spoilt: new Map(),
    keptSince: new Map(),
    outsideSince: new Map(),
    readings: new Map(),
    quiet: quietOnes.map(({ accountId }) => accountId),
    everybody: [...world.people.values()].map(({ accountId }) => accountId),
    make(change, by, at) {
      const effective = makeChange(change, world)
      done.push({ at, by, change, effective })
      return effective
    },
  }
}

/** A group that grants nothing, and that the protected list may name. */
export const keptGroup = 'contractors-keep'
export function joinKept({ organization: { people }, keptSince }: Truth, id: AccountId, at: Instant): void {
  people.get(id)?.groups.add(group(keptGroup).id)
  if (!keptSince.has(id)) keptSince.set(id, at)
}

/** An account becomes active, and Atlassian shows it at once. */
export function beActive({ activity }: Truth, id: AccountId, at: Instant, lag = 0): void {
  activity.set(id, [...(activity.get(id) ?? []), { at, shownFrom: at + lag }])
}

/** An account becomes active; Atlassian shows it at once or up to a day late. */
export function becomeActive(truth: Truth, id: AccountId, at: Instant, random: Random): void {
  beActive(truth, id, at, random.chance(0.6) ? 0 : random.between(0, 23 * hour))
}

/** The last activity that Atlassian shows for an account at an instant. */
export function shownActivity(truth: Truth, id: string, at: Instant): Instant | undefined {
  let newest: Instant | undefined
  for (const one of truth.activity.get(id) ?? []) {
    if (one.shownFrom <= at && (newest === undefined || one.at > newest)) newest = one.at
  }
  return newest
}

/** The account as a reading shows it at an instant. */
export function shownPerson(truth: Truth, one: Person, at: Instant): Person {
  const active = shownActivity(truth, one.accountId, at)
  const spoilt = truth.spoilt.get(one.accountId)
  if (active === undefined && spoilt === undefined) return one
  if (spoilt?.kind === 'joined in 1970') return { ...one, addedAt: 0, used: new Map() }
  const used = new Map(one.used)
  for (const ari of [jira, confluence] as WorkspaceAri[]) {
    const known = used.get(ari)
    if (spoilt?.kind === 'unknown') used.set(ari, { kind: 'unknown', why: 'Atlassian sent an unreadable date' })
    else if (spoilt?.kind === 'future') used.set(ari, { kind: 'at', at: spoilt.since + 30 * day })
    else if (spoilt?.kind === '1970') used.set(ari, { kind: 'at', at: 0 })
    else if (spoilt?.kind === 'date only') used.set(ari, { kind: 'at', at: spoilt.since - 91 * day, dateOnly: true })
    else if (active !== undefined && ari === jira && (known?.kind !== 'at' || known.at < active))
      used.set(ari, { kind: 'at', at: active })
  }
  return { ...one, used }
}
