// The Directory port over an organization in memory. A test sets its page size, its lag and its faults.

import type { Change } from '../model/change.js'
import type { System } from '../model/system.js'
import { DirectoryError, type DirectoryErrorCode } from '../model/errors.js'
import type { Directory } from '../ports.js'
import { hasPaidSeats } from '../model/paid-seat.js'
import type { UnknownTime } from '../model/known-time.js'
import type { Duration, Instant } from '../model/time.js'
import {
  accountOf,
  activityInAtlassian,
  copyPerson,
  holdsSeat,
  makeChange,
  type MemoryOrganization,
} from './memory-organization.js'
import type { KeySlot } from '../model/api-key.js'

export type DirectoryOperation = Exclude<keyof Directory, 'requests' | 'now' | 'time' | 'keySuffixes'>

/** A fault: its kind, the call of an operation at which it begins (from 1), and how many calls it lasts. */
export interface DirectoryFault {
  readonly operation: DirectoryOperation
  readonly at: number
  readonly times?: number
  readonly code?: DirectoryErrorCode
  /** `none`: never sent. `lost`: no response and no change. `landed`: no response, but the change was made. */
  readonly effect?: 'none' | 'lost' | 'landed'
  /** True when Atlassian responded with an error of its own (5xx). */
  readonly responded?: boolean
}

export interface MemoryDirectoryOptions {
  readonly system: Pick<System, 'now'>
  readonly pageSize?: number
  /** How long reads do not show a change. */
  readonly lag?: Duration
  readonly faults?: readonly DirectoryFault[]
  /** The page, from 1, whose response repeats the cursor of its request. */
  readonly repeatCursorAt?: number
  /** By how much `countAccounts` is wrong. */
  readonly miscount?: number
  /** Called right after each change was made. */
  readonly onChange?: (change: Change) => void
}

export interface MemoryDirectory extends Directory {
  /** Changes that arrived, and whether each made a difference. */
  readonly arrived: readonly { readonly change: Change; readonly effective: boolean }[]
  /** Calls of an operation so far. */
  calls(operation: DirectoryOperation): number
  /** Adds a fault; `at` counts from the next call of its operation. */
  fail(fault: DirectoryFault): void
  /** Replaces a key, as the environment of a restarted server may. */
  replaceKey(slot: KeySlot, end: string | undefined): void
  /** From now on the time is unknown, since Atlassian's answers show another one; known again without it. */
  disagree(atlassian: Instant | undefined): void
  /** How many errors the faults have thrown: a test whose fault never occurred proves nothing. */
  struck(): number
}

function faultPlan(initial: readonly DirectoryFault[]) {
  const faults: (DirectoryFault & { readonly from: number })[] = initial.map((fault) => ({ ...fault, from: fault.at }))
  const counts = new Map<DirectoryOperation, number>()
  let struck = 0
  return {
    calls: (operation: DirectoryOperation) => counts.get(operation) ?? 0,
    fail: (fault: DirectoryFault) =>
      void faults.push({ ...fault, from: (counts.get(fault.operation) ?? 0) + fault.at }),
    struck: () => struck,
    strike(operation: DirectoryOperation): DirectoryFault | undefined {
      const call = (counts.get(operation) ?? 0) + 1
      counts.set(operation, call)
      const fault = faults.find(
        (one) => one.operation === operation && call >= one.from && call < one.from + (one.times ?? 1),
      )
      if (fault !== undefined) struck += 1
      return fault
    },
  }
}

const thrown = ({ operation, code = 'unavailable', effect = 'none', responded }: DirectoryFault): DirectoryError =>
  new DirectoryError(code, `fault at ${operation}`, {
    effect: effect === 'none' ? 'none' : 'maybe',
    ...(responded === undefined ? {} : { responded }),
  })

/** Makes a directory over an organization, which the caller may change. */
export function memoryDirectory(world: MemoryOrganization, options: MemoryDirectoryOptions): MemoryDirectory {
  const { system, pageSize = 100, lag = 0, repeatCursorAt, miscount = 0, onChange } = options
  const plan = faultPlan(options.faults ?? [])
  const arrived: { change: Change; effective: boolean }[] = []
  const shown = new Map([...world.people].map(([id, person]) => [id, copyPerson(person)]))
  const hidden: { readonly until: Instant; readonly accountId: string }[] = []

  let unknown: UnknownTime | undefined
  const ends: Record<KeySlot, string | undefined> = { read: 'read', act: 'acts' }
  const call = <T>(operation: DirectoryOperation, respond: () => T): Promise<T> => {
    const fault = plan.strike(operation)
    return fault === undefined ? Promise.resolve().then(respond) : Promise.reject(thrown(fault))
  }
  /** The person as reads show them: the current state, without changes that are still invisible. */
  const readPerson = (accountId: string) => {
    const truth = world.people.get(accountId)
    if (truth === undefined) throw new DirectoryError('not-found', `Atlassian knows no account ${accountId}.`)
    const lagging = hidden.some((one) => one.accountId === accountId && one.until > system.now())
    if (!lagging) shown.set(accountId, copyPerson(truth))
    return shown.get(accountId) ?? truth
  }
  const land = (change: Change): void => {
    const before = readPerson(change.accountId)
    const effective = makeChange(change, world)
    arrived.push({ change, effective })
    if (lag > 0) hidden.push({ until: system.now() + lag, accountId: before.accountId })
    onChange?.(change)
  }

  return {
    arrived,
    ...plan,
    organization: () => call('organization', () => world.organization),
    directories: () => call('directories', () => world.directories),
    workspaces: () => call('workspaces', () => world.workspaces),
    countAccounts: () => call('countAccounts', () => world.people.size + miscount),
    countSeats: (ari) =>
      call('countSeats', () => [...world.people.values()].filter((one) => holdsSeat(one, ari, world)).length),
    readGroups: (workspaces) =>
      call('readGroups', () => {
        const paid = workspaces.filter(hasPaidSeats)
        const groups = world.groups.filter(({ grants }) => paid.some(({ ari }) => grants.includes(ari)))
        return { groups, left: 0 }
      }),
    readAccounts: (_workspaces, _groups, cursor) =>
      call('readAccounts', () => {
        const start = cursor === undefined ? 0 : Number(cursor.slice('page-'.length))
        const ids = [...world.people.keys()].slice(start, start + pageSize)
        const repeats = repeatCursorAt !== undefined && cursor !== undefined && start / pageSize + 1 >= repeatCursorAt
        const next = start + pageSize < world.people.size ? `page-${start + pageSize}` : undefined
        const following = repeats ? cursor : next
        return {
          accounts: ids.map((id) => accountOf(readPerson(id), world)),
          ...(following === undefined ? {} : { cursor: following }),
        }
      }),
    readManagedAccounts: (cursor) =>
      call('readManagedAccounts', () => {
        const start = cursor === undefined ? 0 : Number(cursor.slice('managed-'.length))
        const managed = [...world.people.values()].filter((one) => one.managed)
        const accounts = managed
          .slice(start, start + pageSize)
          .map((one) => activityInAtlassian(readPerson(one.accountId)))
        const next = start + pageSize
        return next < managed.length ? { accounts, cursor: `managed-${next}` } : { accounts }
      }),
    readAccount: (accountId) =>
      call('readAccount', () => {
        const person = readPerson(accountId)
        return {
          ...accountOf(person, world),
          directories: [...person.memberships].map(([id, status]) => ({ id, status })),
        }
      }),
    grantingGroups: (ari) => call('grantingGroups', () => world.groups.filter(({ grants }) => grants.includes(ari))),
    groupsNamed: (name) => call('groupsNamed', () => world.groups.filter((group) => group.name === name)),
    tokenUsedAt: (accountId) => call('tokenUsedAt', () => readPerson(accountId).tokenUsedAt),
    lifecycle: (accountId) =>
      call('lifecycle', () => {
        const { managed, lifecycleLock } = readPerson(accountId)
        if (managed && lifecycleLock === undefined) return { allowed: true }
        return { allowed: false, reason: lifecycleLock ?? 'unmanaged' }
      }),
    tryKey: () => call('tryKey', () => undefined),
    keySuffixes: () => ({ ...ends }),
    replaceKey(slot, end) {
      ends[slot] = end
    },
    async apply(change, permit) {
      if (!(await permit())) return 'withheld'
      const fault = plan.strike('apply')
      if (fault === undefined || fault.effect === 'landed') land(change)
      if (fault !== undefined) throw thrown(fault)
      return 'accepted'
    },
    now: () => system.now(),
    time: () => unknown ?? { kind: 'known', at: system.now() },
    disagree(atlassian) {
      unknown =
        atlassian === undefined ? undefined : { kind: 'unknown', because: 'apart', machine: system.now(), atlassian }
    },
    requests: () =>
      (['organization', 'readAccounts', 'readManagedAccounts', 'readAccount', 'apply'] as const).reduce(
        (n, o) => n + plan.calls(o),
        0,
      ),
  }
}
