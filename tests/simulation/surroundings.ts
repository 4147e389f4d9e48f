// The surroundings of a process: the state of its world, the auditor, and what people at Atlassian do meanwhile.

import type { Change } from '@rollcall/core'
import { hour, minute, second } from '@rollcall/core'
import { Auditor } from './auditor.js'
import { WorldState } from './world-state.js'

export abstract class Surroundings extends WorldState {
  readonly auditor: Auditor

  constructor(seed: number, focus?: string) {
    super(seed, focus)
    this.auditor = new Auditor(this)
    this.ledger.listen = {
      approved: (run, lookedAt) => this.auditor.approved(run, lookedAt),
      intended: (step, calledAt) => this.auditor.intended(step, calledAt),
      reconciled: () => this.auditor.age.reconciled(),
      violated: (what) => this.auditor.violate(what),
      moved: (before, run) => {
        this.auditor.moved(before, run)
        const paused = run.restUntil !== undefined && before?.restUntil === undefined
        if (run.status === 'executing' && (paused || before?.status !== 'executing'))
          this.interveneSoon(run.runId, paused ? 30 * minute : 5 * minute)
      },
    }
  }

  /** An admin presses the stop switch in the middle of a run, and turns it off again later. */
  abstract stopSoon(): void
  /** Perhaps, an operator intervenes in a run before long. */
  abstract interveneSoon(runId: string, within: number): void
  /** Turns the stop switch off. */
  abstract resume(by: string): Promise<unknown>

  /** A person reverses a recent removal, before or after its read-back. */
  restoreSoon(change: Change): void {
    if (change.kind !== 'suspend' && change.kind !== 'remove-from-group') return
    const soon = this.random.between(0, 8 * second)
    void this.scheduler.sleep(soon).then(() => {
      if (this.giveBack(change)) this.bites['F6 restored before the read-back'] += 1
    })
  }

  /** An admin revokes the key in the middle of a run, and enters another one later. */
  revokeKey(): void {
    this.weather.keyRefused = true
    void this.scheduler.sleep(this.random.between(second, 3 * hour)).then(() => void (this.weather.keyRefused = false))
  }

  /** A person restores, at Atlassian, what Rollcall removed. Returns false when there is nothing to restore. */
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
    // People reverse only changes that Rollcall has recorded as done.
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
