// The auditor judges every effect when it happens, by the truth and by the durable state of that moment, and the whole
// history at the end. It shares no logic with core.

import { actions, day, hour, minute, second } from '@rollcall/core'
import type { Change, Instant, Plan, Run, Snapshot, Step } from '@rollcall/core'
import { Age } from './age.js'
import { group, type Person } from '@rollcall/core/testing'
import { isEmptied, isNulled } from './degraded.js'
import type { LookedAt } from './ledger.js'
import type { Mortal } from './scheduler.js'
import { keptGroup, shownActivity } from './truth.js'
import type { WorldState } from './world-state.js'

const takingKinds: readonly Change['kind'][] = ['suspend', 'remove-from-group', 'deactivate']
/** The maximum age of account data before a change, plus the time of the call. */
const readingAge = 61 * second
/** A request on its way still arrives: at most this much later, as Atlassian responds, quickly or slowly. */
const [inFlight, inSlowFlight] = [2 * second, 32 * second]
/** A canary stops at this many bad results, or at this share of its attempts. */
const [canaryLeast, canaryShare] = [2, 0.2]
const sameChange = (a: Change, b: Change) => JSON.stringify(a) === JSON.stringify(b)

/** Whether a plan only gives back, which no stop switch and no unreadable setting may prevent. */
export const onlyGives = (plan: Pick<Plan, 'source' | 'actions'>): boolean =>
  plan.source === 'undo' && plan.actions.every(({ action }) => !actions[action].removesAccess)

/** Whether an entry of the protected list covers an account. */
const covers = (subject: string, { accountId, email, groups }: Person): boolean =>
  subject === accountId ||
  subject === `email:${email}` ||
  [...groups].some((id) => subject === `group:${id.replace('group-', '')}`)

export class Auditor {
  readonly violations: string[] = []
  /** Whether the sync of a process lost a page, and for how many accounts it received old dates. */
  private readonly spoiltSyncs = new Map<Mortal, { pageLost: boolean; datesOld: number; emptied: string[] }>()
  /** Snapshots in which a column was empty for everybody, from the first page to the last. */
  readonly hollow = new Map<string, string>()
  readonly incomplete = new Set<string>()
  readonly old = new Set<string>()
  private readonly refusedIn = new Map<Mortal, boolean>()
  /** Processes that began to work on a run while another organization responded. */
  private readonly elsewhere = new Map<Mortal, boolean>()
  /** When each process began its current time slice. */
  private readonly shareBegan = new Map<Mortal, Instant>()
  private effectsSinceStop = 0
  /** Effects of each run since it ended. */
  private readonly effectsSinceEnd = new Map<string, number>()
  /** Runs that have changed something. */
  private readonly acting = new Set<string>()
  /** The changes that each process has sent without a response since it began its work. */
  private readonly unheard = new Map<Mortal, Set<string>>()
  /** The changes that took effect, with their runs. */
  readonly effects: { readonly runId: string; readonly at: Instant; readonly change: Change }[] = []
  private readonly effective = new Map<string, number>()
  private readonly sends = new Map<string, number>()
  /** When a person restored, at Atlassian, what Rollcall had removed, with Rollcall's change before it. */
  readonly givenBack = new Map<string, { readonly at: Instant; readonly change: Change }>()
  /** The same by the change that was reversed. */
  readonly changesGivenBack = new Map<string, Instant>()

  readonly age: Age

  constructor(private readonly world: WorldState) {
    this.age = new Age(world, (what) => this.violate(what))
  }

  violate(what: string): void {
    this.world.note(`VIOLATION ${what}`)
    this.violations.push(what)
  }

  /** Drops the state that a restored backup does not know. */
  restored(madeAt: Instant, older: boolean): void {
    const { ledger, usualSnapshots } = this.world
    this.age.restored(madeAt, older)
    usualSnapshots.splice(0, usualSnapshots.length, ...usualSnapshots.filter(({ at }) => at < madeAt))
    const done = [...ledger.latest.values()].filter(({ state }) => state === 'applied')
    const known = (change: string) => done.some(({ changes }) => JSON.stringify(changes).includes(change))
    for (const [id, { change }] of this.givenBack) if (!known(JSON.stringify(change))) this.givenBack.delete(id)
    for (const change of this.changesGivenBack.keys()) if (!known(change)) this.changesGivenBack.delete(change)
    // When a plan for an occurrence is made again, it has the same id.
    for (const key of this.effective.keys())
      if (!ledger.plans.has(key.split(' ')[0] as never)) this.effective.delete(key)
  }

  // Events of processes.
  called(process: Mortal): void {
    if (this.refusedIn.get(process) === true)
      this.violate(`F18: ${process.name} called Atlassian again after a refused key`)
  }
  refused(process: Mortal): void {
    if (this.world.working.has(process)) this.refusedIn.set(process, true)
  }
  /** After a lost response a process reads back, and does not send again. */
  sent(process: Mortal, change: Change): void {
    if (this.unheard.get(process)?.has(JSON.stringify(change)) === true && takingKinds.includes(change.kind))
      this.violate(`F5: ${change.kind} of ${change.accountId} by ${process.name} was sent again after a lost response`)
  }
  answerLost(process: Mortal, change: Change): void {
    this.unheard.set(process, (this.unheard.get(process) ?? new Set()).add(JSON.stringify(change)))
  }
  workBegins(process: Mortal): void {
    this.unheard.delete(process)
    this.refusedIn.delete(process)
    this.shareBegan.set(process, this.world.scheduler.now)
    this.elsewhere.set(process, this.world.weather.otherOrganization)
  }
  workEnds(process: Mortal): void {
    this.refusedIn.delete(process)
  }
  syncBegins(process: Mortal): void {
    this.spoiltSyncs.set(process, { pageLost: false, datesOld: 0, emptied: [] })
  }
  pageLost(process: Mortal): void {
    const known = this.spoiltSyncs.get(process)
    if (known !== undefined) known.pageLost = true
  }
  datesOld(process: Mortal, people: number): void {
    const known = this.spoiltSyncs.get(process)
    if (known !== undefined) known.datesOld += people
  }
  /** Notes for each page which column it lacks. */
  emptied(process: Mortal): void {
    const { emptied, emptiedFor } = this.world.weather
    this.spoiltSyncs.get(process)?.emptied.push(emptiedFor === 'everybody' ? emptied : '')
  }
  synced(process: Mortal, snapshot: Snapshot): void {
    const spoilt = this.spoiltSyncs.get(process)
    const really = this.world.truth.organization.people.size
    if (spoilt?.pageLost === true && snapshot.accounts < really - 2 - Math.abs(this.world.countOff))
      this.incomplete.add(snapshot.id)
    // When the weather changes during a sync, few or no accounts look inactive, which is within the baseline.
    const [column = ''] = spoilt?.emptied ?? []
    if (column !== '' && spoilt?.emptied.every((one) => one === column) === true) this.hollow.set(snapshot.id, column)
    const whole = spoilt?.pageLost === false && snapshot.accounts === really && snapshot.lacks === undefined
    const off = Math.abs(snapshot.expected - snapshot.accounts)
    if (whole && off <= Math.min(2, Math.floor(snapshot.expected / 10)) && !snapshot.complete)
      this.violate(
        `F36: a snapshot with all ${really} accounts is not complete, because the count says ${snapshot.expected}`,
      )
    if (spoilt !== undefined && spoilt.datesOld >= snapshot.accounts) this.old.add(snapshot.id)
  }

  private stepsFor(change: Change): readonly { readonly step: Step; readonly plan: Plan; readonly run: Run }[] {
    const { ledger } = this.world
    const found = [...ledger.latest.values()].flatMap((step) => {
      if (step.state !== 'sent' || step.accountId !== change.accountId) return []
      if (!step.changes.some((one) => sameChange(one, change))) return []
      const run = ledger.runs.findLast(({ value }) => value.runId === step.runId)?.value
      const plan = run === undefined ? undefined : ledger.plans.get(run.planId)?.value
      const sends = run?.status === 'executing' || run?.status === 'stopped' || run?.status === 'cancelled'
      return !sends || plan === undefined ? [] : [{ step, plan, run }]
    })
    // A run that has ended may have left the same request open long ago.
    const executing = found.filter(({ run }) => run.status === 'executing')
    return executing.length > 0 ? executing : found
  }

  /** Judges an effect just before it happens. */
  beforeEffect(process: Mortal, change: Change): void {
    const { world } = this
    const { ledger, scheduler, truth } = world
    const now = scheduler.now
    const who = change.accountId
    const about = `${change.kind} of ${who} by ${process.name}`
    const open = this.stepsFor(change)
    if (open.length === 0) this.violate(`I4: ${about} without a durable intent of a run that is executing`)
    const told = open.flatMap(({ step }) =>
      ledger.facts.filter(
        ({ value }) =>
          value.event === 'intent' && value.runId === step.runId && value.details?.['position'] === step.position,
      ),
    )
    if (open.length > 0 && told.length === 0) this.violate(`F21: ${about} without an entry of the audit log`)
    if (told.some(({ index }) => index > ledger.mark))
      this.violate(`F20: ${about}, which a restored backup could make forgotten unseen`)
    for (const { plan } of open) this.age.judge(about, plan.planId)
    // A clock that was set ahead takes a lease too early, while a request of its holder is on its way.
    const early = world.bites['F15 clock stepped'] > 0 && now - ledger.leaseTakenAt < inSlowFlight
    if (ledger.lease !== undefined && ledger.lease.owner !== process.name && ledger.lease.until > now && !early)
      this.violate(`F14: ${about}, while ${ledger.lease.owner} holds the lease`)
    for (const { run, plan } of open) {
      this.judgeEnded(about, run)
      if (takingKinds.includes(change.kind)) this.judgeExclusions(about, who, plan)
    }
    if (ledger.stoppedAt !== undefined && !open.some(({ plan }) => onlyGives(plan))) {
      this.effectsSinceStop += 1
      if (now - ledger.stoppedAt > 2 * second && this.effectsSinceStop > 1)
        this.violate(`G14: ${about} ${now - ledger.stoppedAt} ms after the stop switch`)
      if (this.effectsSinceStop > 1) this.violate(`G14: ${about} is the second effect after the stop switch`)
    } else if (ledger.stoppedAt === undefined) this.effectsSinceStop = 0
    if (this.elsewhere.get(process) === true && world.weather.otherOrganization)
      this.violate(`F19: ${about} in another organization`)
    for (const one of open) {
      this.judge(change, about, one)
      this.judgeShare(process, change, about, one.plan)
    }
    for (const { step, run, plan } of open) {
      const others = [...ledger.latest.values()].filter((one) => one.runId === run.runId && one !== step)
      const begun = others.some(({ state, attempts }) => state !== 'intent' || attempts > 0) || step.attempts > 1
      if (!begun && !this.acting.has(run.runId)) this.begins(run, plan, now)
      this.acting.add(run.runId)
    }
    const person = truth.organization.people.get(who)
    if (!takingKinds.includes(change.kind) || person === undefined) return
    if (/admin/.test(person.platformRoles.join()) || person.accountType !== 'atlassian' || /service/i.test(person.name))
      this.violate(`I1: ${about}, who is always protected`)
    if (who === 'requester') this.violate(`F23: ${about}, who asks`)
    const kept = truth.keptSince.get(who) ?? 0
    const late = readingAge + (world.weather.slow ? 30 * second : 0)
    for (const [subject, since] of ledger.protections)
      if (
        covers(subject, person) &&
        !(subject.startsWith('group:') && this.hides('groups', who, kept)) &&
        Math.max(since, subject.startsWith('group:') ? kept : 0) + late < now
      )
        this.violate(`I1: ${about}, protected as ${subject}`)
    for (const { plan } of open) this.judgeDegraded(about, change, person, plan)
    if (who === world.tokenOwner && person.managed) this.violate(`G9: ${about}, whose API token is in use`)
  }

  /** Of a run that a person has ended, at most the request on its way still arrives. */
  private judgeEnded(about: string, { runId, status }: Run): void {
    const { ledger, scheduler, weather, bites } = this.world
    if (status === 'executing') return void this.effectsSinceEnd.delete(runId)
    const own = ledger.runs.filter(({ value }) => value.runId === runId)
    const last = own.findLastIndex(({ value }) => value.status === 'executing')
    const since = scheduler.now - (own[last + 1]?.at ?? 0)
    const count = (this.effectsSinceEnd.get(runId) ?? 0) + 1
    this.effectsSinceEnd.set(runId, count)
    bites['F28 ended with a request on its way'] += 1
    if (count > 1) this.violate(`I10: ${about} is effect ${count} after its run was ${status}`)
    const slept = bites['F14 paused past the lease'] > 0
    if (!slept && since > (weather.slow ? inSlowFlight : inFlight))
      this.violate(`I10: ${about} ${Math.round(since / second)} seconds after its run was ${status}`)
  }

  /** An account loses no access while Atlassian does not show it in full, or while nobody knows the time. */
  private judgeDegraded(about: string, change: Change, person: Person, plan: Plan): void {
    const { weather, scheduler, truth, ledger } = this.world
    const seen = scheduler.now - readingAge - (weather.slow ? 30 * second : 0)
    if (weather.degradedAt < seen) {
      if (weather.clocksApart) this.violate(`G26: ${about}, while the clocks disagree`)
      const { nulled } = weather
      if (isNulled(weather, change.accountId) && nulled !== 'source' && nulled !== 'claim')
        this.violate(`G30: ${about}, whose ${nulled} Atlassian does not show`)
      if (isNulled(weather, change.accountId) && nulled === 'claim')
        this.violate(`G30: ${about}, whose claim is unknown`)
      const had = (ledger.snapshotBegun.get(plan.snapshotId) ?? Infinity) < weather.degradedAt
      if (had && isEmptied(weather, change.accountId) && weather.emptied === 'groups' && person.groups.size > 0)
        this.violate(`G24: ${about}, whose groups have vanished`)
    }
    if (!('directoryId' in change) || person.memberships.get(change.directoryId) === 'active') return
    const own = (one: Change) =>
      one.accountId === change.accountId && 'directoryId' in one && one.directoryId === change.directoryId
    const gone = truth.done.findLast((one) => one.effective && one.change.kind === 'suspend' && own(one.change))
    if (gone !== undefined && gone.at < seen && change.kind === 'remove-from-group')
      this.violate(`F35: ${about}, who holds no seat in that directory`)
  }

  /** What a plan excludes by name stays excluded, whatever the group is called later; so does who was left out. */
  private judgeExclusions(about: string, who: string, plan: Plan): void {
    const { truth, scheduler, weather } = this.world
    const seen = scheduler.now - readingAge - (weather.slow ? 30 * second : 0)
    const shown = (truth.keptSince.get(who) ?? 0) < seen && !this.hides('groups', who, truth.keptSince.get(who))
    const excludes = shown && JSON.stringify(plan.conditions ?? {}).includes(keptGroup)
    if (excludes && truth.organization.people.get(who)?.groups.has(group(keptGroup).id) === true)
      this.violate(`G25: ${about}, excluded by the policy's group`)
    if (plan.leftOut?.some(({ accountId }) => accountId === who) === true)
      this.violate(`I12: ${about}, left out by an admin`)
  }

  /** Judges an effect by the plan and the run that it belongs to. */
  private judge(change: Change, about: string, { step, plan, run }: { step: Step; plan: Plan; run: Run }): void {
    const { ledger, scheduler, truth } = this.world
    const now = scheduler.now
    const undo = plan.source === 'undo'
    const taking = takingKinds.includes(change.kind)
    // Nobody can call back a request on its way, however long Atlassian takes.
    const seen = now - readingAge - (this.world.weather.slow ? 30 * second : 0)
    const key = `${run.runId} ${step.position} ${JSON.stringify(change)}`
    this.sends.set(key, (this.sends.get(key) ?? 0) + 1)
    if ((this.sends.get(key) ?? 0) > 2) this.violate(`F5: ${about} was sent ${this.sends.get(key)} times`)
    if (!taking) return
    if (!undo) this.judgeTurn(about, step)
    // Atlassian does not show activity that it corrupts.
    const lies = truth.spoilt.has(change.accountId) || this.world.weather.oldDates
    const shown = lies ? undefined : shownActivity(truth, change.accountId, seen)
    const active = shown !== undefined && this.hides('activity', change.accountId, shown) ? undefined : shown
    const known = plan.actions[step.position]?.lastActive ?? 0
    if (active !== undefined && active > known && active > (undo ? plan.createdAt : 0))
      this.violate(`F11: ${about}, active ${Math.round((now - active) / minute)} minutes ago and shown in time`)
    const person = truth.organization.people.get(change.accountId)
    const spoilt = truth.spoilt.get(change.accountId)
    // Atlassian returns no activity for products that an account does not have.
    const holds = truth.organization.groups.some(({ id, grants }) => grants.length > 0 && person?.groups.has(id))
    if (!undo && plan.conditions !== null) {
      // A date without a time may be up to a day later than it reads, and up to a day late: 92 days are enough.
      const telling = spoilt?.kind === 'date only' && now - spoilt.since > day
      const hidden = spoilt !== undefined && this.hides('activity', change.accountId, spoilt.since)
      if (spoilt !== undefined && !telling && holds && !this.world.weather.oldDates && spoilt.since < seen && !hidden)
        this.violate(`I2: ${about}, whose last activity is ${spoilt.kind}`)
      if (active !== undefined && now - active < 90 * day) this.violate(`I2: ${about}, active inside the threshold`)
      if (person?.addedAt !== undefined && person.addedAt > now - 90 * day)
        this.violate(`G8: ${about}, younger than the threshold`)
      // The dates of a product before it was lost may have been old ones too.
      const outside = truth.outsideSince.get(change.accountId) ?? Infinity
      if (change.kind === 'deactivate' && outside < (ledger.snapshotBegun.get(plan.snapshotId) ?? 0))
        this.violate(`G29: ${about}, whose activity outside the organization is recent or unknown`)
      const lied =
        this.world.weather.oldDates ||
        ((this.old.size > 0 || this.hollow.size > 0) && !holds) ||
        this.hides('activity', change.accountId)
      if (!lied && person !== undefined && person.accountId.startsWith('busy')) this.violate(`I2: ${about}, who works`)
    }
    if (person?.synced === true && change.kind !== 'remove-from-group')
      this.violate(`G9: ${about}, owned by the identity provider`)
    const given = this.givenBack.get(change.accountId)
    // Nobody can see any more what somebody else has reversed in between.
    const back = given !== undefined && this.isBack(given.change) ? given.at : undefined
    const lifted = ledger.vetoesLifted.get(change.accountId) ?? 0
    if (!undo && back !== undefined && lifted < back && back < seen - second && now - back < 30 * day)
      this.violate(`G15: ${about}, restored by a person ${Math.round((now - back) / minute)} minutes ago`)
    this.judgeStages(about, step, plan, run)
  }

  /** Whether Atlassian hides a column of an account, and no sync has seen it since an instant. Nobody can know it then. */
  private hides(column: 'activity' | 'groups', id: string, since: Instant = 0): boolean {
    const { weather, usualSnapshots, ledger } = this.world
    if (weather.emptied !== column || !isEmptied(weather, id)) return false
    const telling = usualSnapshots.filter(({ hid }) => !hid.includes(column))
    const begun = telling.map((one) => ledger.snapshotBegun.get(one.id) ?? Infinity)
    return !begun.some((at) => at > since && at < weather.degradedAt)
  }

  /** A run that removes access does not begin while an undo waits. */
  private judgeTurn(about: string, { runId, position }: Step): void {
    const { ledger, bites, weather } = this.world
    const begun = ledger.steps.find(({ value }) => value.runId === runId && value.position === position)?.at ?? 0
    // A process that checked and then slept, for at most an hour and a half, cannot know.
    const slack = bites['F14 paused past the lease'] > 0 ? 3 * hour : weather.slow ? 15 * minute : 5 * minute
    const undos = new Map<string, Instant | undefined>()
    for (const { at, value } of ledger.runs) {
      if (value.undoOf === undefined) continue
      undos.set(value.runId, value.status === 'executing' ? (undos.get(value.runId) ?? at) : undefined)
    }
    for (const since of undos.values())
      if (since !== undefined && since < begun - slack)
        this.violate(
          `G13: ${about}, begun while an undo had waited for ${Math.round((begun - since) / minute)} minutes`,
        )
  }

  /** At the beginning of a time slice, a process checks whether its policy or the age of the plan ends the run. */
  private judgeShare(process: Mortal, change: Change, about: string, plan: Plan): void {
    const { ledger, bites } = this.world
    const began = this.shareBegan.get(process) ?? 0
    if (!takingKinds.includes(change.kind) || plan.source === 'undo') return
    const policy = ledger.policies.get(plan.policy ?? '')
    const ended = policy !== undefined && (!policy.stored.enabled || policy.stored.version !== plan.policyVersion)
    if (plan.source === 'policy' && ended && policy.at < began)
      this.violate(`G1: ${about}, whose policy had been changed or disabled`)
    const made = ledger.plans.get(plan.planId)?.at ?? 0
    if (bites['F15 clock stepped'] === 0 && began - made > 24 * hour + 5 * minute)
      this.violate(`G5: ${about}, ${Math.round((began - made) / hour)} hours after its plan`)
  }

  /** A scheduled run pauses after its canary, and the breaker halts a run. */
  private judgeStages(about: string, step: Step, plan: Plan, run: Run): void {
    const { ledger, scheduler } = this.world
    const canary = Math.max(
      plan.limits.canaryAccounts,
      Math.ceil((plan.actions.length * plan.limits.canaryPercent) / 100),
    )
    const own = [...ledger.latest.values()].filter((one) => one.runId === step.runId)
    const attempts = own
      .filter(({ state, endedAt = 0 }) => endedAt > 0 && state !== 'skipped')
      .toSorted((a, b) => a.position - b.position)
    // The canary is what the run attempted first: a skipped account shows nothing about the others.
    const inCanary = new Set(attempts.slice(0, canary).map(({ position }) => position))
    const beyond = attempts.filter(({ position }) => position < step.position).length >= canary
    const first = attempts.slice(0, canary).map(({ endedAt = 0 }) => endedAt)
    const stepped = this.world.bites['F15 clock stepped'] > 0
    if (!stepped && plan.scheduled && beyond && scheduler.now < Math.max(...first) + 30 * minute - second)
      this.violate(`G11: ${about} before the end of the canary pause`)
    const judged = own.filter(({ position, endedAt = 0 }) => position >= (run.judgedFrom ?? 0) && endedAt > 0)
    const share = (count: number) => (100 * count) / plan.actions.length
    const unknown = judged.filter(({ state }) => state === 'unknown').length
    if (unknown > 0 && share(unknown) >= plan.limits.unknown)
      this.violate(`G11: ${about} after ${unknown} unknown results`)
    const refused = judged.filter(({ state, trouble }) => state === 'failed' && trouble === 'conflict').length
    if (refused > 0 && share(refused) >= plan.limits.refused) this.violate(`G11: ${about} after ${refused} refusals`)
    const bad = judged.filter(
      ({ position, state, trouble = '' }) =>
        inCanary.has(position) &&
        (state === 'unknown' ||
          (state === 'failed' && ['conflict', 'unexpected-response', 'forbidden'].includes(trouble))),
    ).length
    const tried = judged.filter(({ position }) => inCanary.has(position)).length
    if (!onlyGives(plan) && bad >= Math.max(canaryLeast, Math.ceil(tried * canaryShare)))
      this.violate(`G22: ${about} after ${bad} of the first ${tried} accounts went wrong`)
    if (!beyond) return
    const stageAt = ledger.runs.find(({ value }) => value.runId === run.runId && (value.stage ?? 0) >= 1)?.at
    const restored = judged.filter(({ position, action, state, changes, endedAt = 0 }) => {
      const back = changes
        .map((change) => this.changesGivenBack.get(JSON.stringify(change)))
        .find((at) => at !== undefined)
      const stillBack = changes.some((change) => this.isBack(change))
      const inTime = back !== undefined && back > endedAt && stageAt !== undefined && back < stageAt - 10 * minute
      return inCanary.has(position) && state === 'applied' && actions[action].removesAccess && inTime && stillBack
    }).length
    if (restored > 0 && share(restored) >= plan.limits.restored)
      this.violate(`G11: ${about} after ${restored} of the canary were restored by a person`)
  }

  /** Whether an account has back what a change removed. */
  private isBack(change: Change): boolean {
    const person = this.world.truth.organization.people.get(change.accountId)
    if (change.kind === 'suspend') return person?.memberships.get(change.directoryId) === 'active'
    const exists = this.world.truth.organization.groups.some(({ id }) => 'groupId' in change && id === change.groupId)
    return change.kind === 'remove-from-group' && exists && person?.groups.has(change.groupId) === true
  }

  afterEffect(_process: Mortal, change: Change, effective: boolean): void {
    if (!effective) return
    for (const { plan, run } of this.stepsFor(change)) {
      this.effects.push({ runId: run.runId, at: this.world.scheduler.now, change })
      const key = `${plan.planId} ${JSON.stringify(change)}`
      const count = (this.effective.get(key) ?? 0) + 1
      this.effective.set(key, count)
      if (count > 1) this.violate(`I5: ${change.kind} of ${change.accountId} took effect ${count} times for one plan`)
    }
  }

  /** Judges a run at the moment of its approval. */
  approved(run: Run, lookedAt: LookedAt): void {
    const { world } = this
    const by = run.approvedBy
    const { stoppedAt } = world.ledger
    const approvedPlan = this.planOf(run.runId)
    const gives = approvedPlan !== undefined && onlyGives(approvedPlan)
    if (!gives && stoppedAt !== undefined && stoppedAt < lookedAt.stopSwitch - 5 * minute)
      this.violate(`G14: a run approved by ${by} though stopped`)
    this.age.judge(`a run approved by ${by}`, run.planId)
    const { listBrokenSince = Infinity } = world
    if (!gives && listBrokenSince < lookedAt.protectedList - 5 * minute)
      this.violate(`G9: a run approved by ${by} though nobody can read who is protected`)
    if (by !== 'schedule') return
    const late = world.scheduler.now - world.lastOccurrence(world.scheduler.now)
    const stepped = world.bites['F15 clock stepped'] > 0
    if (!stepped && late > 65 * minute)
      this.violate(`F16: a run approved ${Math.round(late / minute)} minutes after its time`)
    const version = this.planOf(run.runId)?.policyVersion ?? ''
    const policy = world.ledger.policyVersions.get(version)
    const weekend = [0, 6].includes(new Date(world.scheduler.now).getUTCDay())
    if (!stepped && weekend && policy?.schedule?.weekends !== true)
      this.violate('G17: a run approved by its schedule at the weekend')
    if (policy?.approval !== 'automatic')
      this.violate('G1: a run approved by its schedule though a person has to approve it')
  }

  private planOf(runId: string): Plan | undefined {
    return this.world.ledger.planOf(runId)
  }

  /** Judges that a run goes on only where it may: not after its end, and after a stop only with its own approval. */
  moved(before: Run | undefined, run: Run): void {
    if (before === undefined || before.status === run.status) return
    const about = `a run went from ${before.status} to ${run.status}`
    if (['finished', 'discarded', 'cancelled'].includes(before.status)) this.violate(`G21: ${about}`)
    if (before.status !== 'stopped' || run.status !== 'executing') return
    const undos = this.world.ledger.runs.filter(({ value }) => value.undoOf === run.runId)
    if (undos.some(({ value }) => value.status === 'executing' || value.status === 'finished'))
      this.violate(`G21: ${about} although it was undone`)
    if (run.approvedAt === before.approvedAt) this.violate(`G21: ${about} without a new approval`)
  }

  /** Judges that the plan of an undo covers everything that its run still owes. */
  undoPlanned(plan: Plan, owing: readonly Change[]): void {
    for (const change of owing) {
      const back = change.kind === 'suspend' ? 'restore' : change.kind === 'deactivate' ? 'activate' : 'add-to-group'
      const inverse = JSON.stringify({ ...change, kind: back })
      const covered = plan.actions.some(
        ({ accountId, target }) =>
          accountId === change.accountId && (target.changes ?? []).some((one) => JSON.stringify(one) === inverse),
      )
      if (!covered) this.violate(`I11: the undo leaves out ${change.kind} of ${change.accountId}`)
    }
  }

  /** Judges a run as it begins: with its first intent, and with its first effect. */
  private begins(run: Run, plan: Plan, now: Instant): void {
    const { world } = this
    const { ledger } = world
    const by = run.approvedBy
    const made = ledger.plans.get(run.planId)?.at ?? 0
    // A process that sleeps between a check and the write after it cannot know that its check is too old.
    const { 'F14 paused past the lease': paused, 'F15 clock stepped': setBack } = world.bites
    // If its clock is set back meanwhile, it does not even know that it slept.
    const slack = paused > 0 && setBack > 0 ? 3 * hour : paused > 0 || world.weather.slow ? 15 * minute : 5 * minute
    const about = `a run approved by ${by}`
    const gives = onlyGives(plan)
    if (world.bites['F15 clock stepped'] === 0 && now - made > 24 * hour + slack)
      this.violate(`G5: ${about} ${Math.round((now - made) / hour)} hours after its plan`)
    // A value that has been changed back counts as unchanged.
    const { limits = '', protections = '' } = ledger.stoodOn.get(plan.planId) ?? {}
    if (!gives && !ledger.grounds.protections.was(protections, now - slack))
      this.violate(`F17: ${about} though the protected list had changed`)
    if (!gives && !ledger.grounds.limits.was(limits, now - slack))
      this.violate(`F17: ${about} though the limits had changed`)
    const policy = ledger.policies.get(plan.policy ?? '')
    const policyAt = policy?.at ?? 0
    if (plan.source === 'policy' && policy?.stored.version !== plan.policyVersion && policyAt < now - slack)
      this.violate(`F17: ${about} though the policy had changed`)
    if (ledger.altered.has(plan.planId)) this.violate(`F17: ${about} though the stored plan was altered`)
    if (gives) return
    for (const [name, most] of Object.entries(JSON.parse(limits === '' ? '{}' : limits) as Record<string, number>))
      if (['percent', 'budget', 'unknown', 'refused'].includes(name) && plan.limits[name as 'percent'] > most)
        this.violate(`G28: ${about} with a limit ${name} wider than the organization's`)
    if (ledger.stoppedAt !== undefined && ledger.stoppedAt < now - slack) this.violate(`G14: ${about} though stopped`)
    const column = this.hollow.get(plan.snapshotId)
    const known = world.usualSnapshots.some(({ id, at }) => at < plan.snapshotAsOf && !this.hollow.has(id))
    if (plan.actions.length > 0 && column !== undefined && (known || column === 'groups' || column === 'activity'))
      this.violate(`G24: ${about} on a snapshot in which nobody has ${column}`)
    if (this.incomplete.has(plan.snapshotId)) this.violate(`F8: ${about} on a snapshot that lost a page`)
    // Two processes may have worked on the same sync, and one of them received old dates.
    const usual = world.usualSnapshots.filter(({ id, at }) => at < plan.snapshotAsOf && !this.old.has(id))
    if (
      this.old.has(plan.snapshotId) &&
      usual.length > 0 &&
      !run.accepted.includes('anomaly') &&
      plan.actions.length > 0
    )
      this.violate(`F10: ${about} on a snapshot in which everybody is old`)
    // When the clock is stepped between Atlassian's last response and the writing of a date, Rollcall notices too late for it.
    const stepped = world.bites['F15 clock stepped'] > 0
    if (!stepped && now - plan.snapshotAsOf > 24 * hour + slack)
      this.violate(`G7: ${about} on a snapshot that is too old`)
    if (plan.population > world.persons) this.violate(`G2: ${about} of ${plan.population}, more than there are people`)
    const names = JSON.stringify(plan.conditions ?? {}).includes(keptGroup)
    if (names && world.truth.keptSince.size === 0 && plan.actions.length > 0)
      if (!run.accepted.includes('excludes-nobody')) this.violate(`G23: ${about} whose exclusion excludes nobody`)
    const size = plan.actions.length
    const allowed = Math.min(Math.floor((plan.population * plan.limits.percent) / 100), plan.limits.accounts)
    const least = plan.population < 40 ? Math.min(2, plan.limits.accounts) : 0
    const small = plan.population < 20 ? least : Math.max(allowed, least)
    if (size > small && !run.accepted.includes('too-many'))
      this.violate(`G2: ${about} for ${size} of ${plan.population}`)
    if (size > (plan.population < 20 ? 2 : Math.floor(plan.population / 5)))
      this.violate(`G2: ${about} above the ceiling: ${size} of ${plan.population}`)
    const admins = world.adminsAt(ledger.snapshotBegun.get(plan.snapshotId) ?? plan.snapshotAsOf)
    if (admins < 2 && plan.actions.some(({ action }) => actions[action].removesAccess))
      this.violate(`F23: ${about} with ${admins} admins`)
    if (plan.source === 'policy' && policy?.stored.enabled === false && policyAt < now - slack)
      this.violate(`G1: ${about} of a policy that is disabled`)
    if (plan.source === 'policy' && plan.scheduled && !ledger.previewed.has(`${plan.policy} ${plan.policyVersion}`))
      if (!run.accepted.includes('not-previewed')) this.violate(`G1: ${about} of a version that nobody has seen`)
  }

  /** Judges a new intent against the budget of seven days. */
  intended(step: Step, calledAt: Instant): void {
    const { ledger, scheduler } = this.world
    const run = ledger.runs.findLast(({ value }) => value.runId === step.runId)?.value
    const plan = run === undefined ? undefined : ledger.plans.get(run.planId)?.value
    if (run === undefined || plan === undefined) return
    if (!ledger.steps.some(({ value }) => value.runId === step.runId)) this.begins(run, plan, calledAt)
    if (ledger.runs.some(({ value }) => value.accepted.includes('over-budget'))) return
    if (plan.source === 'undo') return
    const from = scheduler.now - 7 * day
    const intents = new Set(
      ledger.steps
        .filter(({ value }) => (value.intentAt ?? 0) > from + minute)
        .map(({ value }) => `${value.runId} ${value.position}`),
    )
    // Of two runs at the same time, the later one left room for the earlier one within its own limit.
    const begun = [...new Set(ledger.steps.map(({ value }) => value.runId))]
    const newest = begun.findLast((runId) => this.planOf(runId)?.source !== 'undo')
    const later = begun.includes(run.runId) && newest !== undefined ? (this.planOf(newest) ?? plan) : plan
    const limit = Math.floor((later.population * later.limits.budget) / 100)
    if (intents.size > Math.max(limit, 2) && plan.actions.length > 0)
      this.violate(`I3: ${intents.size} intents in seven days; the budget is ${limit}`)
  }
}
