// The ledger: every durable write, in order and with its time. The auditor reads it; core never does.

import type {
  AuditFact,
  AuditLog,
  Instant,
  Lease,
  Plan,
  PlanId,
  Policy,
  Run,
  Step,
  Store,
  StoredPolicy,
  Watermark,
} from '@rollcall/core'
import { day } from '@rollcall/core'
import { type Database, organizationLimits } from './database.js'

export interface Written<Value> {
  readonly at: Instant
  readonly by: string
  readonly value: Value
}
export interface Fact extends Written<AuditFact> {
  /** Its place in the audit log. */
  readonly index: number
}

/** The values of something, each with its beginning. */
class History {
  private readonly values: { readonly at: Instant; readonly value: string }[]
  constructor(first: string) {
    this.values = [{ at: 0, value: first }]
  }
  set(value: string, at: Instant): void {
    this.values.push({ at, value })
  }
  get last(): string {
    return this.values.at(-1)?.value ?? ''
  }
  /** Whether it had this value at an instant or at any time since. */
  was(value: string, since: Instant): boolean {
    const first = this.values.findLastIndex(({ at }) => at <= since)
    return this.values.some((one, n) => n >= first && one.value === value)
  }
}

/** When the process that approves a run could last have read each; it may have slept since. */
export interface LookedAt {
  readonly stopSwitch: Instant
  readonly protectedList: Instant
}

export class Ledger {
  readonly steps: Written<Step>[] = []
  readonly runs: Written<Run>[] = []
  facts: Fact[] = []
  /** All facts ever written, also those that a restored backup does not know. */
  readonly allFacts: Fact[] = []
  /** The position of the watermark. */
  mark = 0
  /** When each snapshot began, in true time, because its own time may come from a wrong clock. */
  readonly snapshotBegun = new Map<string, Instant>()
  readonly plans = new Map<PlanId, Written<Plan>>()
  readonly latest = new Map<string, Step>()
  /** The stored policies with the time of their last change, and all versions that ever existed. */
  readonly policies = new Map<string, { readonly at: Instant; readonly stored: StoredPolicy }>()
  readonly policyVersions = new Map<string, Policy>()
  readonly protections = new Map<string, Instant>()
  /** The policy versions that somebody has previewed. */
  readonly previewed = new Set<string>()
  readonly vetoesLifted = new Map<string, Instant>()
  stoppedAt: Instant | undefined
  /** The settings that plans depend on, over time and at the making of each plan. */
  readonly grounds = { limits: new History(comparable(organizationLimits)), protections: new History('') }
  readonly stoodOn = new Map<PlanId, { readonly limits: string; readonly protections: string }>()
  lease: Lease | undefined
  /** When the present holder took the lease. */
  leaseTakenAt = 0
  /** The steps of a restored backup, and how many had been written until then. */
  restored: { readonly after: number; readonly steps: ReadonlyMap<string, Step> } | undefined
  /** Plans that somebody has altered in the database. */
  readonly altered = new Map<PlanId, Plan>()
  /** Called for each approved run, each new intent, and the end of a reconciliation. */
  listen: {
    readonly approved: (run: Run, lookedAt: LookedAt) => void
    readonly intended: (step: Step, calledAt: Instant) => void
    readonly reconciled: () => void
    readonly moved: (before: Run | undefined, run: Run) => void
    readonly violated: (what: string) => void
  } = {
    approved: () => undefined,
    intended: () => undefined,
    reconciled: () => undefined,
    moved: () => undefined,
    violated: () => undefined,
  }
  /** Writes of processes that had lost the lease. */
  readonly fencedWrites: string[] = []

  run(written: Written<Run>, lookedAt: LookedAt): void {
    const before = this.latestRun(written.value.runId)
    this.runs.push(written)
    this.listen.moved(before, written.value)
    if (written.value.status === 'executing' && before?.status !== 'executing')
      this.listen.approved(written.value, lookedAt)
  }

  latestRun(runId: string): Run | undefined {
    return this.runs.findLast(({ value }) => value.runId === runId)?.value
  }
  runOf(planId: PlanId): Run | undefined {
    return this.runs.findLast(({ value }) => value.planId === planId)?.value
  }
  planOf(runId: string): Plan | undefined {
    const run = this.latestRun(runId)
    return run === undefined ? undefined : this.plans.get(run.planId)?.value
  }

  /** Notes the limits of the organization. Everybody in this world changes one limit at a time. */
  setLimits(value: string, at: Instant): void {
    const [before, after] = [JSON.parse(this.grounds.limits.last), JSON.parse(comparable(value))] as Record<
      string,
      number
    >[]
    const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    const changed = names.filter((name) => before?.[name] !== after?.[name])
    if (changed.length > 1)
      this.listen.violated(`I12: a change of one limit also changed another one: ${changed.join(', ')}`)
    this.grounds.limits.set(comparable(value), at)
  }

  /** `calledAt` is when the process began the write. */
  step(step: Step, calledAt: Instant): void {
    const before = this.latest.get(`${step.runId} ${step.position}`)
    if (before?.intentAt === undefined && step.intentAt !== undefined) this.listen.intended(step, calledAt)
    this.latest.set(`${step.runId} ${step.position}`, step)
  }

  /** Restores a backup: only its content is durable now, but intents stay. */
  async restore({ store }: Database, end: number, older: boolean, at: Instant): Promise<void> {
    const by = 'backup'
    this.facts = this.facts.filter(({ index }) => index <= end)
    this.latest.clear()
    for (const runId of new Set(this.runs.map(({ value }) => value.runId))) {
      const [run, last] = [await store.run(runId), this.runs.findLast(({ value }) => value.runId === runId)?.value]
      if (run !== undefined) this.runs.push({ at, by, value: run })
      else if (last !== undefined) this.runs.push({ at, by, value: { ...last, status: 'stopped' } }) // it is gone
      for (const step of await store.steps(runId)) this.latest.set(`${runId} ${step.position}`, step)
    }
    this.restored = { after: this.steps.length, steps: new Map(this.latest) }
    for (const planId of this.plans.keys()) if ((await store.plan(planId)) === undefined) this.plans.delete(planId)
    this.policies.clear()
    this.previewed.clear()
    for (const stored of await store.policies()) {
      this.policies.set(stored.name, { at, stored })
      if (!older) this.previewed.add(`${stored.name} ${stored.previewedVersion}`)
    }
    const protections = (await store.protections()).map(({ subject }) => subject)
    for (const subject of this.protections.keys()) if (!protections.includes(subject)) this.protections.delete(subject)
    for (const subject of protections) if (!this.protections.has(subject)) this.protections.set(subject, at)
    this.grounds.protections.set(protections.sort().join(), at)
    this.grounds.limits.set(comparable((await store.setting('limits')) ?? organizationLimits), at)
    this.stoppedAt = says(await store.setting('stopped')) ? (this.stoppedAt ?? at) : undefined
    this.lease = await store.lease()
  }
}

/** Whether a setting says that the stop switch is on. */
const says = (setting: string | undefined): boolean => setting?.startsWith('yes') === true
/** Stored limits in one order, with the usual value where `reading` is not set. */
const comparable = (stored: string): string => {
  const all = { reading: 60, ...(JSON.parse(stored) as Record<string, number>) }
  return JSON.stringify(Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

type Methods<Port> = { [Name in keyof Port]: Port[Name] }

/** Notes a write to the store when it becomes durable. */
export function notedStore(
  store: Store,
  ledger: Ledger,
  now: () => Instant,
  {
    name: by,
    calledAt,
    lookedAt,
  }: { readonly name: string; readonly calledAt: () => Instant; readonly lookedAt: () => LookedAt },
): Methods<Store> {
  const note = <Value>(value: Value): Written<Value> => ({ at: now(), by, value })
  const noteSetting = (name: string, value: string): void => {
    if (name === 'stopped') ledger.stoppedAt = says(value) ? (ledger.stoppedAt ?? now()) : undefined
    if (name === 'limits') ledger.setLimits(value, now())
  }
  return {
    ...store,
    async putSnapshot(snapshot) {
      await store.putSnapshot(snapshot)
      if (!ledger.snapshotBegun.has(snapshot.id)) ledger.snapshotBegun.set(snapshot.id, now())
    },
    async putPlan(plan) {
      await store.putPlan(plan)
      if (ledger.plans.has(plan.planId)) return
      ledger.plans.set(plan.planId, note(plan))
      const { limits, protections } = ledger.grounds
      ledger.stoodOn.set(plan.planId, { limits: limits.last, protections: protections.last })
    },
    plan: async (id) => ledger.altered.get(id) ?? store.plan(id),
    async insertRun(run) {
      const inserted = await store.insertRun(run)
      if (inserted) ledger.run(note(run), lookedAt())
      return inserted
    },
    async updateRun(run) {
      const updated = await store.updateRun(run)
      if (updated) ledger.run(note(run), lookedAt())
      return updated
    },
    async putStep(step, lease) {
      const holder = ledger.lease
      const written = await store.putStep(step, lease)
      if (!written) return false
      if (holder !== undefined && holder.token !== lease.token) ledger.fencedWrites.push(`${by} at ${now()}`)
      ledger.step(step, calledAt())
      ledger.steps.push(note(step))
      return true
    },
    async claimLease(owner, from, until) {
      const lease = await store.claimLease(owner, from, until)
      if (lease !== undefined && lease.token !== ledger.lease?.token) ledger.leaseTakenAt = now()
      if (lease !== undefined) ledger.lease = lease
      return lease
    },
    async putProtection(protection, read) {
      if (!(await store.putProtection(protection, read))) return false
      ledger.protections.set(protection.subject, now())
      ledger.grounds.protections.set([...ledger.protections.keys()].sort().join(), now())
      return true
    },
    async deleteProtection(read) {
      ledger.protections.delete(read.subject)
      ledger.grounds.protections.set([...ledger.protections.keys()].sort().join(), now())
      return store.deleteProtection(read)
    },
    async putVeto(veto) {
      await store.putVeto(veto)
      // A veto that ends at its writing is lifted.
      if (veto.times === 0 && veto.until !== undefined && veto.until < now() + day)
        ledger.vetoesLifted.set(veto.accountId, now())
    },
    async setPolicyState(name, state) {
      await store.setPolicyState(name, state)
      if (state.previewedVersion !== undefined) ledger.previewed.add(`${name} ${state.previewedVersion}`)
    },
    async putPolicy(policy, read) {
      if (!(await store.putPolicy(policy, read))) return false
      ledger.policies.set(policy.name, { at: now(), stored: policy })
      ledger.policyVersions.set(policy.version, policy.policy)
      return true
    },
    async replaceSetting(name, value, read) {
      const replaced = await store.replaceSetting(name, value, read)
      if (replaced) noteSetting(name, value)
      return replaced
    },
    async putSetting(name, value) {
      await store.putSetting(name, value)
      noteSetting(name, value)
    },
  }
}

/** Notes what a process appends to the audit log. */
export function notedLog(log: AuditLog, ledger: Ledger, now: () => Instant, by: string): AuditLog {
  return {
    ...log,
    async append(...given) {
      const entry = await log.append(...given)
      const fact = { at: now(), by, index: entry.index, value: given[0] }
      ledger.facts.push(fact)
      ledger.allFacts.push(fact)
      return entry
    },
  }
}

/** Notes the position of the watermark, and a reconciliation. */
export function notedWatermark(watermark: Watermark, ledger: Ledger): Watermark {
  return {
    ...watermark,
    async raise(to) {
      await watermark.raise(to)
      ledger.mark = Math.max(ledger.mark, to.index)
    },
    async replace(mark) {
      await watermark.replace(mark)
      ledger.mark = mark.index
      if (mark.reconciled !== undefined && mark.found === undefined) ledger.listen.reconciled()
    },
  }
}
