// An organization in memory, as Atlassian stores it: memberships per directory, groups that grant products.

import type { Change } from '../model/change.js'
import type { Account, ActivityInAtlassian, LastActive, MembershipStatus } from '../model/account.js'
import { DirectoryError } from '../model/errors.js'
import { brandId, type AccountId, type DirectoryId, type WorkspaceAri } from '../model/ids.js'
import type { DirectoryRef, GroupGrant, Organization, Workspace } from '../model/organization.js'
import { hasPaidSeats } from '../model/paid-seat.js'
import type { Instant } from '../model/time.js'

/** One person; memberships, groups and status change as requests arrive. */
export interface Person {
  readonly accountId: AccountId
  readonly name: string
  readonly email: string
  readonly accountType: string
  readonly managed: boolean
  readonly synced: boolean
  /** True when Atlassian cannot say whether the identity provider owns the account. */
  readonly sourceUnknown?: boolean
  readonly addedAt: Instant | undefined
  readonly platformRoles: readonly string[]
  /** Why Atlassian does not allow to activate or deactivate the account; undefined when it does. */
  readonly lifecycleLock?: string
  /** When an API token of the account was last used. */
  readonly tokenUsedAt?: Instant
  /** Last activity outside the organization. */
  activeOutside?: LastActive
  accountStatus: Account['accountStatus']
  readonly memberships: Map<DirectoryId, MembershipStatus | 'unknown'>
  readonly groups: Set<string>
  /** Last activity by product; a granted product without an entry was never used. */
  readonly used: Map<WorkspaceAri, LastActive>
}

export interface MemoryOrganization {
  readonly organization: Organization
  readonly directories: readonly DirectoryRef[]
  readonly workspaces: readonly Workspace[]
  readonly groups: readonly GroupGrant[]
  readonly people: Map<string, Person>
}

export const copyPerson = (person: Person): Person => ({
  ...person,
  memberships: new Map(person.memberships),
  groups: new Set(person.groups),
  used: new Map(person.used),
})

/** Reads the person's entry in the list of managed accounts: the newest of all activity, unknown where there is none. */
export function activityInAtlassian({ accountId, used, activeOutside }: Person): ActivityInAtlassian {
  const all = [...used.values(), ...(activeOutside === undefined ? [] : [activeOutside])]
  const newest = all.filter((last) => last.kind === 'at').toSorted((a, b) => b.at - a.at)[0]
  const unknown = { kind: 'unknown', why: 'Atlassian does not say when' } as const
  return { accountId, lastActive: activeOutside?.kind === 'unknown' ? activeOutside : (newest ?? unknown) }
}

function membershipOf({ memberships }: Person): Account['membershipStatus'] {
  const states = [...memberships.values()]
  if (states.length === 0) return 'no_membership'
  return (['active', 'unknown', 'suspended'] as const).find((state) => states.includes(state)) ?? 'no_membership'
}

/** True if the person uses a seat: account and membership are active, and a group grants the product. */
export function holdsSeat(person: Person, ari: WorkspaceAri, { groups }: MemoryOrganization): boolean {
  const granting = groups.filter(({ id, grants }) => person.groups.has(id) && grants.includes(ari))
  return (
    person.accountStatus === 'active' &&
    granting.some(({ directoryId }) => person.memberships.get(directoryId) === 'active')
  )
}

/** The account as a read shows it. A suspended account keeps the products that its groups grant. */
export function accountOf(person: Person, { groups, workspaces }: MemoryOrganization): Account {
  const mine = groups.filter(({ id }) => person.groups.has(id))
  const never: LastActive =
    person.addedAt === undefined
      ? { kind: 'unknown', why: 'Atlassian does not say when the account joined' }
      : { kind: 'never', since: person.addedAt }
  const { accountId, name, email, accountType, managed, synced, accountStatus, addedAt, platformRoles } = person
  return {
    accountId,
    name,
    email,
    accountType,
    managed,
    synced,
    ...(person.sourceUnknown === true ? { sourceUnknown: true } : {}),
    accountStatus,
    addedAt,
    platformRoles,
    membershipStatus: membershipOf(person),
    products: workspaces
      .filter((one) => hasPaidSeats(one) && mine.some(({ grants }) => grants.includes(one.ari)))
      .map(({ ari, site, product }) => ({ workspace: ari, site, product, lastActive: person.used.get(ari) ?? never })),
    groups: mine.map(({ id, name: groupName }) => ({ id, name: groupName })),
  }
}

function joinGroup(change: Extract<Change, { groupId: unknown }>, person: Person, world: MemoryOrganization): boolean {
  const group = world.groups.find(({ id }) => id === change.groupId)
  if (group === undefined || !person.memberships.has(group.directoryId))
    throw new DirectoryError('not-found', 'Atlassian knows no such group or member.')
  if (!group.modifiable) throw new DirectoryError('forbidden', 'The identity provider owns the group.')
  if (person.groups.has(group.id) === (change.kind === 'add-to-group')) return false
  if (change.kind === 'remove-from-group') return person.groups.delete(group.id)
  const full = world.workspaces.find(({ ari, capacity = Infinity }) => {
    if (!group.grants.includes(ari) || holdsSeat(person, ari, world)) return false
    return [...world.people.values()].filter((one) => holdsSeat(one, ari, world)).length >= capacity
  })
  if (full !== undefined) throw new DirectoryError('seat-limit', `Every seat of ${full.product} is taken.`)
  person.groups.add(group.id)
  return true
}

/** Makes a change as Atlassian would; false when the account was already in that state. Throws a `DirectoryError`. */
export function makeChange(change: Change, world: MemoryOrganization): boolean {
  const person = world.people.get(change.accountId)
  if (person === undefined) throw new DirectoryError('not-found', `Atlassian knows no account ${change.accountId}.`)
  if ('groupId' in change) return joinGroup(change, person, world)
  if ('directoryId' in change) {
    const wanted = change.kind === 'suspend' ? 'suspended' : 'active'
    const is = person.memberships.get(change.directoryId)
    if (is === undefined) throw new DirectoryError('not-found', 'The account is not in this directory.')
    person.memberships.set(brandId(change.directoryId), wanted)
    return is !== wanted
  }
  if (!person.managed || person.lifecycleLock !== undefined)
    throw new DirectoryError('forbidden', `The account may not be ${change.kind}d.`)
  const wanted = change.kind === 'activate' ? 'active' : 'inactive'
  const changes = person.accountStatus !== wanted
  person.accountStatus = wanted
  return changes
}
