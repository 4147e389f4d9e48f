// Simulated people: names, addresses and activity, with the exceptions that every organization has.

import type { Account, Group, Workspace } from './organization.js'
import type { Random } from './random.js'

const first = [
  'Mia',
  'Noah',
  'Elif',
  'Søren',
  'Chloé',
  'Aarav',
  'Yuki',
  'Zofia',
  'Mateo',
  'Ngozi',
  'Liam',
  'Ingrid',
  'Omar',
  'Hana',
  'Pavel',
  'Lucía',
] as const
const last = [
  'Krystof',
  'Okafor',
  'Müller',
  'Yılmaz',
  'Nguyen',
  'Sato',
  'Rossi',
  'Kowalski',
  'García',
  'Smith',
  'Larsen',
  'Haddad',
  'Novák',
  'Dubois',
  'Patel',
  'Kim',
] as const
const bots = ['Jenkins Bot', 'Backup Service', 'Deploy Automation', 'Slack Integration'] as const
const day = 86_400_000
/** One empty list for all accounts. */
const none: readonly never[] = []

interface PeopleOptions {
  readonly random: Random
  readonly users: number
  readonly now: number
  readonly groups: readonly Group[]
  readonly workspaces: readonly Workspace[]
}

const ascii = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .toLowerCase()

const tokenOf = (index: number) => ({ id: `token-${index}`, label: 'script', createdAt: '2026-01-12T08:00:00.000Z' })

function accountIdOf(random: Random): string {
  const shape = random.next()
  if (shape < 0.5) return `5${random.hex(23)}`
  return shape < 0.75 ? `557058:${random.uuid()}` : `712020:${random.uuid()}`
}

/** Milliseconds since the last activity; undefined for never active. */
function inactiveForMs(random: Random): number | undefined {
  const habit = random.next()
  if (habit < 0.05) return undefined
  if (habit < 0.13) return (101 + random.integer(500)) * day
  if (habit < 0.15) return (84 + random.integer(12)) * day
  if (habit < 0.35) return (8 + random.integer(50)) * day
  return random.integer(7 * day)
}

function groupNames(random: Random, synced: boolean): string[] {
  const names = [`team-${random.pick(['design', 'finance', 'platform', 'support'])}`]
  const kind = random.next()
  if (synced && kind < 0.5) names.push('okta-engineering')
  else if (kind < 0.8) names.push('jira-users-acme')
  if (random.next() < 0.1) names.push('jira-testers-acme')
  if (random.next() < 0.06) names.push('jira-servicedesk-agents')
  if (random.next() < 0.55) names.push('confluence-users-acme')
  if (random.next() < 0.15) names.push('jira-users-eu')
  if (random.next() < 0.02) names.push('all-in-one-acme')
  if (random.next() < 0.03) names.push('contractors-keep')
  return names
}

function makePerson(index: number, ground: PeopleOptions, ids: ReadonlyMap<string, Group>): Account {
  const { random, now, workspaces } = ground
  const admin = index < 4
  const bot = !admin && index % 200 === 150
  const name = bot ? random.pick(bots) : `${random.pick(first)} ${random.pick(last)}`
  const managed = admin || bot || random.next() < 0.85
  const synced = !admin && managed && random.next() < 0.1
  const names = groupNames(random, synced)
  if (admin) names.push('org-admins', 'jira-users-acme')
  if (index === 4) names.push('site-admins')
  const inactiveMs = admin ? random.integer(day) : inactiveForMs(random)
  const joinedRecently = inactiveMs === undefined && random.next() < 0.5
  const addedToOrg =
    now - (joinedRecently ? 1 + random.integer(20) : 400 + random.integer(1500)) * day - random.integer(day)
  const state = random.next()
  const groups = new Set(names.flatMap((one) => ids.get(one)?.id ?? []))
  const memberships = new Map<string, { status: 'active' | 'suspended' }>()
  const suspended = !admin && state < 0.03
  for (const id of new Set([workspaces[0]?.directoryId, ...names.map((one) => ids.get(one)?.directoryId)]))
    if (id !== undefined) memberships.set(id, { status: suspended ? 'suspended' : 'active' })
  const lastActive = new Map<string, number>()
  const granted = new Set(names.flatMap((one) => ids.get(one)?.grants.map(({ ari }) => ari) ?? []))
  for (const ari of granted) {
    const later = random.next() < 0.15 ? 120 * day : random.integer(3 * day)
    if (inactiveMs !== undefined && (lastActive.size === 0 || random.next() < 0.9))
      lastActive.set(ari, Math.max(addedToOrg, now - inactiveMs - (lastActive.size === 0 ? 0 : later)))
  }
  const local = bot ? `svc-${ascii(name).replaceAll(' ', '-')}` : ascii(name).replaceAll(' ', '.')
  return {
    accountId: accountIdOf(random),
    accountType: 'atlassian',
    name,
    managed,
    synced,
    addedToOrg,
    memberships,
    groups,
    lastActive,
    nickname: name.split(' ')[0] ?? name,
    email: `${local}.${index}@${managed ? 'acme.example' : random.pick(['partner.example', 'freelance.example'])}`,
    accountStatus: !admin && state >= 0.03 && state < 0.06 && managed ? 'inactive' : 'active',
    jobTitle: random.next() < 0.7 ? 'Engineer' : null,
    department: null,
    direct: none,
    tokens: managed && index % 10 === 0 ? [tokenOf(index)] : none,
    deactivatedAt: undefined,
    deletionAt: undefined,
    orgRoles: new Set(admin ? ['atlassian/org-admin'] : index === 4 ? ['atlassian/site-admin'] : []),
    history: [],
  }
}

/** Makes the people of an organization, in order. */
export function makePeople(ground: PeopleOptions): Account[] {
  const ids = new Map(ground.groups.map((group) => [group.name, group]))
  return Array.from({ length: ground.users }, (_, index) => makePerson(index, ground, ids))
}
