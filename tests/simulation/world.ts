// The world of one seed: the truth, the weather, the durable state, and everybody in it.

import type { AuditLog, Change, Instant, Store, Watermark } from '@rollcall/core'
import { day, hour, second } from '@rollcall/core'
import { memoryWatermark, testNow } from '@rollcall/core/testing'
import { Auditor } from './auditor.js'
import { Database } from './database.js'
import { sha256 } from './digest.js'
import { type Bites, noBites } from './faults.js'
import { Ledger } from './ledger.js'
import { Process } from './process.js'
import { type Random, randomOf } from './random.js'
import { Scheduler } from './scheduler.js'
import { drawTruth, joinGroup, keptGroup, type Truth } from './truth.js'
import { calm, type Weather } from './upstream.js'

/** What happened in a seed, counted. */
export interface Tally {
  applied: number
  skipped: number
  refused: number
  undone: number
  tookOver: number
  rested: number
  vetoes: number
  quarantined: number
  halted: number
}

export class World {
  readonly random: Random
  readonly scheduler: Scheduler
  readonly truth: Truth
  readonly weather: Weather = calm()
  readonly bites: Bites = noBites()
  readonly ledger = new Ledger()
  /** Decides what came into the simulation later; apart, so that the rest of a seed stays what it was. */
  readonly fate: Random
  readonly restoresBackup: boolean
  /** Whose API token is in use; Atlassian tells it of managed accounts only. */
  readonly tokenOwner: string | undefined
  private database: Database
  readonly watermark: Watermark = memoryWatermark()
  readonly auditor: Auditor
  readonly processes = new Set<Process>()
  readonly trace: string[] = []
  /** Probabilities: to die at a call, to pause at one past the lease, to be wrong about the time, to let others act. */
  deaths = 0
  pauses = 0
  clockTrouble = 0
  yielding = 0.15
  /** How likely it is that an adversarial admin takes back a change that was just made. */
  quickRestorer = 0
  /** How likely it is that somebody turns out to work while a change of theirs waits for its place among the calls. */
  waker = 0
  /** How likely it is that somebody presses the stop switch, or revokes the key, in the middle of a run. */
  stopper = 0
  keyRevoker = 0
  storeBroken = false
  /** Since when the protected list cannot be read. */
  listBrokenSince: Instant | undefined
  logBroken = false
  undoing = false
  /** When a server looked for what is due the last time. */
  lookedAt = testNow - 3 * hour
  ids = 0
  readonly working = new Set<Process>()
  readonly usualSnapshots: { readonly id: string; readonly at: Instant }[] = []
  readonly admins: { readonly at: Instant; readonly count: number }[] = []
  last: Process
  readonly tally: Tally = {
    applied: 0,
    skipped: 0,
    refused: 0,
    undone: 0,
    tookOver: 0,
    rested: 0,
    vetoes: 0,
    quarantined: 0,
    halted: 0,
  }

  constructor(readonly seed: number) {
    this.random = randomOf(seed)
    this.fate = randomOf(~seed)
    this.restoresBackup = this.fate.chance(0.06)
    this.database = new Database(this.restoresBackup)
    this.scheduler = new Scheduler(this.random, testNow - 3 * hour)
    this.truth = drawTruth(this.random, testNow)
    if (this.fate.chance(0.2)) this.tokenOwner = this.fate.pick(this.truth.quiet)
    if (this.fate.chance(0.6)) joinGroup(this.truth, this.fate.pick(this.truth.quiet), keptGroup)
    this.auditor = new Auditor(this)
    this.admins.push({ at: 0, count: 2 })
    this.ledger.listen = {
      approved: (run, lookedAt) => this.auditor.approved(run, lookedAt),
      intended: (step, calledAt) => this.auditor.intended(step, calledAt),
      reconciled: () => this.auditor.age.reconciled(),
    }
    this.last = new Process(this, 'first')
  }

  get store(): Store {
    return this.database.store
  }
  get log(): AuditLog {
    return this.database.log
  }

  backUp(): number {
    return this.database.backUp()
  }

  /** Everything stops, and the database is as it was when a backup was made: older than what was done, if the mark says so. */
  async restore(backup: number, madeAt: Instant): Promise<void> {
    for (const process of this.processes) process.end()
    this.database = await this.database.asOf(backup)
    const end = (await this.log.head())?.index ?? 0
    const older = this.ledger.mark > end
    this.bites[older ? 'F20 restored from an older backup' : 'F20 restored from a backup that knows all changes'] += 1
    await this.ledger.restore(this.database, end, older, this.scheduler.now)
    this.auditor.restored(madeAt, older)
    this.last = new Process(this, 'restored')
  }

  /** Writes a line of the trace: the same seed writes the same lines. */
  note(line: string): void {
    this.trace.push(`${this.scheduler.now} ${line}\n`)
  }
  traceHash(): string {
    return sha256(this.trace.join(''))
  }

  adminsAt(at: Instant): number {
    return this.admins.findLast((one) => one.at <= at)?.count ?? 0
  }

  /** The newest seven o'clock (UTC) at or before an instant: when the policies of the simulation fire. */
  lastFiring(at: Instant): Instant {
    return Math.floor((at - 7 * hour) / day) * day + 7 * hour
  }

  /** A person takes back what was just taken, before or after it is read back. */
  restoreSoon(change: Change): void {
    if (change.kind !== 'suspend' && change.kind !== 'remove-from-group') return
    const soon = this.random.between(0, 8 * second)
    void this.scheduler.sleep(soon).then(() => {
      if (this.giveBack(change)) this.bites['F6 restored before the read-back'] += 1
    })
  }

  /** Somebody presses the stop switch in the middle of a run, and turns it off again later. */
  stopSoon(): void {
    if (this.ledger.stoppedAt !== undefined) return
    const { random, scheduler } = this
    const pager = new Process(this, `pager-${this.ids}`)
    void scheduler.sleep(random.between(0, 5 * second)).then(async () => {
      this.bites['F25 stop switch during a run'] += this.working.size > 0 ? 1 : 0
      await pager.app.stop('pager').catch(() => undefined)
      await scheduler.sleep(random.between(second, 3 * hour))
      await pager.app.resume('pager').catch(() => undefined)
    })
  }

  /** Somebody revokes the key in the middle of a run; another one is given later. */
  revokeKey(): void {
    this.weather.keyRefused = true
    void this.scheduler.sleep(this.random.between(second, 3 * hour)).then(() => void (this.weather.keyRefused = false))
  }

  /** A person gives back, at Atlassian, what a change of ours took. False when there is nothing to give back. */
  giveBack(change: Change, by: 'person' | 'idp' = 'person'): boolean {
    const person = this.truth.organization.people.get(change.accountId)
    if (person === undefined) return false
    const now = this.scheduler.now
    const back =
      change.kind === 'suspend' && person.memberships.get(change.directoryId) === 'suspended'
        ? ({ ...change, kind: 'restore' } as const)
        : change.kind === 'remove-from-group' && !person.groups.has(change.groupId)
          ? ({ ...change, kind: 'add-to-group' } as const)
          : undefined
    if (back === undefined) return false
    try {
      this.truth.make(back, by, now)
    } catch {
      return false // the group is gone, or no seat is free
    }
    this.note(`${by} gives back ${change.kind} ${change.accountId}`)
    // Only what we had recorded as done is ours to be taken back.
    const recorded = [...this.ledger.latest.values()].some(
      ({ accountId, state, changes }) =>
        accountId === change.accountId &&
        state === 'applied' &&
        JSON.stringify(changes).includes(JSON.stringify(change)),
    )
    if (recorded) {
      this.auditor.givenBack.set(change.accountId, { at: now, change })
      this.auditor.changesGivenBack.set(JSON.stringify(change), now)
    }
    return true
  }
}
