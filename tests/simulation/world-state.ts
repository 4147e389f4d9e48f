// The state of one seed's world: the truth, the weather and the durable state, without those who act in it.

import type { AuditLog, Instant, Store, Watermark } from '@rollcall/core'
import { day, hour } from '@rollcall/core'
import { memoryWatermark, testNow } from '@rollcall/core/testing'
import { Database } from './database.js'
import { sha256 } from './digest.js'
import { type Bites, noBites } from './faults.js'
import { Ledger } from './ledger.js'
import { type Random, randomOf } from './random.js'
import { type Mortal, Scheduler } from './scheduler.js'
import { drawTruth, joinKept, type Truth } from './truth.js'
import { calm, type Weather } from './weather.js'

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

export const noTally = (): Tally => ({
  applied: 0,
  skipped: 0,
  refused: 0,
  undone: 0,
  tookOver: 0,
  rested: 0,
  vetoes: 0,
  quarantined: 0,
  halted: 0,
})

/** Everything in the world that others judge and use. */
export class WorldState {
  readonly random: Random
  readonly scheduler: Scheduler
  readonly truth: Truth
  readonly weather: Weather = calm()
  readonly bites: Bites = noBites()
  readonly ledger = new Ledger()
  /** Separate randomness for later additions to the simulation, so that the rest of a seed stays the same. */
  readonly fate: Random
  readonly restoresBackup: boolean
  /** By how much Atlassian's count of accounts is wrong, for good. */
  readonly countOff: number
  /** How many people there are at first; nobody joins. */
  readonly persons: number
  /** The account whose API token is in use; Atlassian reports that only for managed accounts. */
  readonly tokenOwner: string | undefined
  protected database: Database
  readonly watermark: Watermark = memoryWatermark()
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
  /** How likely it is that an operator intervenes in a run, how many have, and until when they do. */
  operator = 0
  operators = 0
  until = Infinity
  /** What operators are doing. */
  readonly interventions: Promise<void>[] = []
  storeBroken = false
  /** The time since which the protected list is unreadable. */
  listBrokenSince: Instant | undefined
  logBroken = false
  undoing = false
  /** When a server last looked for due schedules. */
  lookedAt = testNow - 3 * hour
  ids = 0
  readonly processes = new Set<Mortal & { end(): void }>()
  /** Processes that work on a run. */
  readonly working = new Set<Mortal>()
  /** `hid`: the columns that Atlassian sent empty when the sync began and when it ended. */
  readonly usualSnapshots: { readonly id: string; readonly at: Instant; readonly hid: readonly string[] }[] = []
  readonly admins: { readonly at: Instant; readonly count: number }[] = []
  readonly tally = noTally()

  /** `focus` names what happens in this world again and again: a deed of an admin, of an operator or of people, or a fault. */
  constructor(
    readonly seed: number,
    readonly focus?: string,
  ) {
    this.random = randomOf(seed)
    this.fate = randomOf(~seed)
    this.restoresBackup = this.fate.chance(0.06) || focus === 'restoredBackup'
    this.database = new Database(this.restoresBackup)
    this.scheduler = new Scheduler(this.random, testNow - 3 * hour)
    this.truth = drawTruth(this.random, testNow, focus === 'twoDirectories', focus === 'runAndUndo' ? 0.8 : 0.25)
    const persons = [...this.truth.organization.people.values()].filter((one) => one.accountType === 'atlassian')
    this.persons = persons.length
    if (this.fate.chance(0.2) || focus === 'tokenOwner') this.tokenOwner = this.fate.pick(this.truth.quiet)
    if (this.fate.chance(0.6)) joinKept(this.truth, this.fate.pick(this.truth.quiet), 0)
    this.countOff = this.fate.chance(0.03) || focus === 'countOff' ? 1 : 0
    this.admins.push({ at: 0, count: 2 })
  }

  /** The focus where it is one of the possibilities, else what the seed has drawn. */
  focused<Name extends string>(drawn: Name, possible: readonly Name[]): Name {
    return possible.find((name) => name === this.focus) ?? drawn
  }

  get store(): Store {
    return this.database.store
  }
  get log(): AuditLog {
    return this.database.log
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
  lastOccurrence(at: Instant): Instant {
    return Math.floor((at - 7 * hour) / day) * day + 7 * hour
  }
}
