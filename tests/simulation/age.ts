// Age: whether a restored backup made the database older than the last changes, and what must not happen then.

import type { Instant, PlanId } from '@rollcall/core'
import type { WorldState } from './world-state.js'

export class Age {
  /** A restored backup that is not reconciled yet, and whether a sync has begun since. */
  private older: { rollBegan: boolean } | undefined
  /** A restored database does not know the changes from its backup to the restore. */
  private forgotten: { readonly from: Instant; readonly to: Instant } | undefined
  private reconciledAt = 0

  constructor(
    private readonly world: WorldState,
    private readonly violate: (what: string) => void,
  ) {}

  get isOlder(): boolean {
    return this.older !== undefined
  }

  restored(madeAt: Instant, older: boolean): void {
    const { scheduler, truth } = this.world
    if (older) this.older = { rollBegan: false }
    this.forgotten = { from: madeAt, to: scheduler.now }
    // One account with a known intent may have been changed since, because a run changes one account at a time.
    const ours = truth.done.filter(({ by, effective, at }) => by === 'rollcall' && effective && at >= madeAt)
    const accounts = new Set(ours.map(({ change }) => change.accountId)).size
    if (!older && accounts > 1) this.violate(`F20: ${accounts} accounts were forgotten, and the watermark says nothing`)
  }

  rollBegins(): void {
    if (this.older !== undefined) this.older.rollBegan = true
  }

  reconciled(): void {
    if (this.older?.rollBegan === false) this.violate('F20: a database was reconciled without a sync')
    if (this.older !== undefined) this.reconciledAt = this.world.scheduler.now
    this.older = undefined
  }

  /** Whether a restored backup does not know the changes of an instant. */
  hasForgotten(at: Instant): boolean {
    return this.forgotten !== undefined && at >= this.forgotten.from && at <= this.forgotten.to
  }

  /** With a database older than the last changes Rollcall changes nothing, and its earlier plans are out of date. */
  judge(about: string, planId: PlanId): void {
    if (this.older !== undefined) this.violate(`F20: ${about} with a database that was restored and not reconciled`)
    const made = this.world.ledger.plans.get(planId)?.at ?? 0
    if (made < this.reconciledAt) this.violate(`F20: ${about}, planned before the database was reconciled`)
  }
}
