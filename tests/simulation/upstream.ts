// Upstream: Atlassian as one process sees it, with latency, lag and faults of the weather.

import { type Change, type Directory, DirectoryError, hasPaidSeats, type Instant } from '@rollcall/core'
import { day, hour, minute, second, type Account } from '@rollcall/core'
import { accountOf, activityInAtlassian, holdsSeat, kept, type Person } from '@rollcall/core/testing'
import type { Mortal } from './scheduler.js'
import { degraded, isSome } from './degraded.js'
import { beActive, shownActivity, shownPerson } from './truth.js'
import type { Surroundings } from './surroundings.js'

const pageSize = 12
/** A listing that brings nothing new for so many pages does not end. */
const mostEndlessPages = 40

/** The process that calls: it waits for the response, and takes its clock from it. */
interface Caller extends Mortal {
  clockError: number
  pause(ms: number): Promise<void>
}

/** Makes the directory of a process. */
export function upstreamOf(world: Surroundings, process: Caller): Directory {
  const { truth, weather, random, bites } = world
  /** How many pages of a listing that never ends this process has read in a row. */
  let endlessPages = 0
  const now = (): Instant => world.scheduler.now

  /** Applies a rate limit: the call is repeated later or fails. Returns true when it was limited. */
  async function perhapsLimited(): Promise<boolean> {
    if (!random.chance(weather.limited)) return false
    await process.pause(random.between(second, 60 * second))
    if (!random.chance(0.1)) return true
    bites['F2 rate limited beyond patience'] += 1
    if (world.undoing) bites['F22 rate limited during the undo'] += 1
    throw new DirectoryError('rate-limited', 'Atlassian limits the rate.')
  }

  /** Every call takes time, may be refused, limited or corrupted, and shows the process Atlassian's clock. */
  async function call<Answer>(answer: () => Answer, change?: Change): Promise<Answer> {
    world.auditor.called(process)
    await process.pause(weather.slow ? random.between(second, 30 * second) : random.between(20, 400))
    process.clockError = 0
    if (weather.keyRefused) {
      bites['F18 key refused'] += 1
      world.auditor.refused(process)
      throw new DirectoryError('unauthorized', 'The key was refused.')
    }
    if (change === undefined) await perhapsLimited()
    if (random.chance(weather.failing)) {
      bites['F4 error before the effect'] += 1
      throw new DirectoryError('unavailable', 'Atlassian responded with 500.', {
        effect: change ? 'maybe' : 'none',
        responded: true,
      })
    }
    if (change === undefined && random.chance(weather.strange)) {
      bites['F7 unexpected answer'] += 1
      throw new DirectoryError('unexpected-response', 'Atlassian responded with an HTML page.')
    }
    return answer()
  }

  /** Returns the same reading as before while the account has not changed. */
  const readingOf = (one: Person, active: Instant | undefined): Account => {
    const { accountStatus, memberships, groups, platformRoles } = one
    let state = `${active} ${accountStatus}`
    for (const status of memberships.values()) state += ` ${status}`
    for (const id of groups) state += ` ${id}`
    for (const role of platformRoles) state += ` ${role}`
    const known = truth.readings.get(one)
    if (known?.state === state && known.groups === truth.organization.groups) return known.account
    const account = kept(accountOf(shownPerson(truth, one, now()), truth.organization))
    truth.readings.set(one, { state, groups: truth.organization.groups, account })
    return account
  }
  /** A page of a listing that never ends; a process that goes on with it for long never ends either. */
  const endlessCursor = (): string => {
    bites['F34 a cursor that never ends'] += 1
    endlessPages += 1
    if (endlessPages <= mostEndlessPages) return `endless-${endlessPages}`
    world.auditor.violate(`F34: ${process.name} has read ${endlessPages} pages that bring nothing new`)
    endlessPages = 0
    throw new DirectoryError('unexpected-response', 'The simulation ends an endless listing.')
  }
  const reading = (id: string): Account => degraded(sound(id), weather, bites)
  const sound = (id: string): Account => {
    const one = truth.organization.people.get(id)
    if (one === undefined) throw new DirectoryError('not-found', 'No such account.')
    if (truth.spoilt.has(id)) {
      const kind = truth.spoilt.get(id)?.kind
      if (kind === 'unknown') bites['F9 last active unknown'] += 1
      if (kind === 'future') bites['F9 last active in the future'] += 1
      if (kind === '1970') bites['F9 last active in 1970'] += 1
      if (kind === 'date only') bites['F9 last active by date only'] += 1
      if (kind === 'joined in 1970') bites['F9 joined in 1970'] += 1
    }
    const active = shownActivity(truth, id, now())
    const shown = truth.spoilt.has(id)
      ? accountOf(shownPerson(truth, one, now()), truth.organization)
      : readingOf(one, active)
    // An account that has lost a product since was active in something that the response no longer lists.
    const account =
      active === undefined || shown.products.length > 0
        ? shown
        : { ...shown, elsewhere: { kind: 'at' as const, at: active } }
    if (!weather.oldDates) return account
    const products = account.products.map((access) => ({
      ...access,
      lastActive: { kind: 'at' as const, at: now() - 300 * 24 * hour },
    }))
    return { ...account, products }
  }

  function lost(change: Change): never {
    world.auditor.answerLost(process, change)
    throw new DirectoryError('unavailable', 'No answer.', { effect: 'maybe' })
  }

  async function send(change: Change): Promise<'accepted'> {
    world.auditor.sent(process, change)
    if (random.chance(weather.lostBefore)) {
      bites['F5 time-out without effect'] += 1
      lost(change)
    }
    if (weather.forbidden && isSome(change.accountId)) {
      bites['F38 forbidden for one account'] += 1
      throw new DirectoryError('forbidden', 'Atlassian forbids to change this account.')
    }
    if (random.chance(weather.conflict)) throw new DirectoryError('conflict', 'Atlassian refused: conflict.')
    world.auditor.beforeEffect(process, change)
    let effective: boolean
    try {
      effective = truth.make(change, 'rollcall', now())
    } catch (failure) {
      if (failure instanceof DirectoryError && world.undoing) {
        if (failure.code === 'seat-limit') bites['F22 no seat free for the undo'] += 1
        if (failure.code === 'not-found') bites['F22 group deleted before the undo'] += 1
      }
      throw failure
    }
    world.note(`effect ${process.name} ${change.kind} ${change.accountId} ${effective}`)
    world.auditor.afterEffect(process, change, effective)
    const answersError = random.chance(weather.failing)
    // Nobody restores within the minute after which Rollcall repeats a change that got an error.
    if (!answersError && random.chance(world.quickRestorer)) world.restoreSoon(change)
    const run = world.auditor.effects.at(-1)
    if (effective && run !== undefined) world.interveneSoon(run.runId, 5 * minute)
    if (random.chance(world.stopper)) world.stopSoon()
    if (random.chance(world.keyRevoker)) world.revokeKey()
    if (answersError) {
      bites['F4 error after the effect'] += 1
      throw new DirectoryError('unavailable', 'Atlassian responded with 500.', { effect: 'maybe', responded: true })
    }
    if (random.chance(weather.lostAfter)) {
      bites['F5 time-out after the effect'] += 1
      lost(change)
    }
    return 'accepted'
  }

  type Group = (typeof truth.organization.groups)[number]
  const heeded =
    (fits: (one: Group) => boolean) =>
    (one: Group): boolean => {
      if (weather.unheeded) bites['F32 a filter not heeded'] += 1
      return weather.unheeded || fits(one)
    }

  return {
    organization: () =>
      call(() => {
        const { organization } = truth.organization
        if (!weather.otherOrganization) return organization
        bites['F19 another organization answers'] += 1
        return { id: 'org-2' as never, name: 'Another' }
      }),
    directories: () => call(() => truth.organization.directories),
    workspaces: () => call(() => truth.organization.workspaces),
    countAccounts: () =>
      call(() => {
        if (world.countOff > 0) bites['F36 count off by one for good'] += 1
        return truth.organization.people.size + world.countOff
      }),
    countSeats: (ari) =>
      call(
        () => [...truth.organization.people.values()].filter((one) => holdsSeat(one, ari, truth.organization)).length,
      ),
    readGroups: (workspaces) =>
      call(() => {
        const paid = workspaces.filter(hasPaidSeats)
        const groups = truth.organization.groups.filter(({ grants }) => paid.some(({ ari }) => grants.includes(ari)))
        return { groups, left: 0 }
      }),
    readAccounts: (_workspaces, _groups, cursor) =>
      call(() => {
        if (cursor === undefined) {
          world.auditor.age.rollBegins()
          endlessPages = 0
        }
        if (weather.endless !== '') {
          const first = [...truth.organization.people.keys()].slice(0, pageSize).map(reading)
          return { accounts: weather.endless === 'empty' ? [] : first, cursor: endlessCursor() }
        }
        endlessPages = 0
        if (cursor?.startsWith('endless') === true)
          throw new DirectoryError('unexpected-response', 'Atlassian does not know this cursor.')
        const start = cursor === undefined ? 0 : Number(cursor)
        world.auditor.emptied(process)
        let ids = [...truth.organization.people.keys()].slice(start, start + pageSize)
        if (weather.pageLost && start > 0 && random.chance(0.7)) {
          if (ids.length > 0) bites['F8 page lost'] += 1
          world.auditor.pageLost(process)
          ids = []
        }
        const accounts = ids.map(reading)
        const next = start + pageSize
        if (weather.cursorRepeated && cursor !== undefined) {
          bites['F8 cursor repeated'] += 1
          return { accounts, cursor }
        }
        if (weather.oldDates) {
          bites['F10 old dates for everyone'] += 1
          world.auditor.datesOld(process, accounts.length)
        }
        return next < truth.organization.people.size ? { accounts, cursor: String(next) } : { accounts }
      }),
    readManagedAccounts: (cursor) =>
      call(() => {
        if (cursor === undefined) endlessPages = 0
        if (weather.endless === 'empty') return { accounts: [], cursor: endlessCursor() }
        endlessPages = 0
        if (cursor?.startsWith('endless') === true) return { accounts: [] }
        const start = cursor === undefined ? 0 : Number(cursor)
        const managed = [...truth.organization.people.values()].filter((one) => one.managed)
        if (truth.outsideSince.size > 0) bites['F9 active outside, or nobody knows'] += 1
        const accounts = managed.slice(start, start + pageSize).map(activityInAtlassian)
        const next = start + pageSize
        return next < managed.length ? { accounts, cursor: String(next) } : { accounts }
      }),
    readAccount: (id) =>
      call(() => {
        const account = reading(id)
        const memberships = truth.organization.people.get(id)?.memberships ?? new Map()
        return { ...account, directories: [...memberships].map(([directory, status]) => ({ id: directory, status })) }
      }),
    grantingGroups: (ari) => call(() => truth.organization.groups.filter(heeded(({ grants }) => grants.includes(ari)))),
    groupsNamed: (name) => call(() => truth.organization.groups.filter(heeded((one) => one.name === name))),
    tokenUsedAt: (id) => call(() => (id === world.tokenOwner ? now() - 5 * day : undefined)),
    lifecycle: (id) =>
      call(() => {
        const one = truth.organization.people.get(id)
        if (one?.synced === true) return { allowed: false, reason: 'externalDirectory' }
        return { allowed: one?.managed === true }
      }),
    tryKey: () => call(() => undefined),
    keySuffixes: () => ({ read: 'read', act: undefined }),
    async apply(change, permit) {
      // The queue for a place among the calls comes before the permit, as in the client.
      if (random.chance(0.15)) {
        if (random.chance(world.waker)) beActive(truth, change.accountId, now())
        const waits = [...world.ledger.latest.values()].find(
          ({ accountId, state }) => accountId === change.accountId && (state === 'intent' || state === 'sent'),
        )
        if (waits !== undefined) world.interveneSoon(waits.runId, minute)
        await process.pause(random.between(second, 100 * second))
      }
      // Every repetition requests the permit again, as in the client.
      do if (!(await permit())) return 'withheld'
      while (await perhapsLimited())
      await call(() => undefined, change)
      return send(change)
    },
    now: () => now() + process.clockError,
    time: () => {
      const at = now() + process.clockError
      if (!weather.clocksApart) return { kind: 'known', at }
      bites['F33 clocks that disagree'] += 1
      return { kind: 'unknown', because: 'apart', machine: at, atlassian: at + 60 * day }
    },
    requests: () => 0,
  }
}
