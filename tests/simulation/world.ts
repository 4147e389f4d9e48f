// The world of one seed: its surroundings, and the processes that work in it.

import type { Instant } from '@rollcall/core'
import { hour, second } from '@rollcall/core'
import { Process } from './process.js'
import { Surroundings } from './surroundings.js'

/** How many operators one world has at most. */
const mostOperators = 6

export class World extends Surroundings {
  last: Process

  constructor(seed: number, focus?: string) {
    super(seed, focus)
    this.last = new Process(this, 'first')
  }

  backUp(): number {
    return this.database.backUp()
  }

  /** Stops everything and restores a backup of the database, which may be older than the last changes. */
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

  /** What an operator does to a run: the seed sets it, since operators know worlds. */
  intervene: (runId: string) => Promise<void> = async () => undefined

  interveneSoon(runId: string, within: number): void {
    const { fate, scheduler } = this
    if (this.operators >= mostOperators || !fate.chance(this.operator)) return
    this.interventions.push(scheduler.sleep(fate.between(0, within)).then(() => this.intervene(runId)))
  }

  resume(by: string): Promise<unknown> {
    return this.last.app.resume(by)
  }
}
