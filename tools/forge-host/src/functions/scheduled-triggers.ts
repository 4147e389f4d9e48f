// Scheduled triggers: fired by hand, or by the host's clock at the manifest's intervals. A failed one is not repeated.

import type { HostClock } from '../clock.js'
import type { Counts } from '../limits/counts.js'
import type { Faults } from '../faults.js'
import { type Installation } from '../app/installation.js'
import { handlerContext } from '../app/contexts.js'
import type { Invoke } from './invoke.js'
import type { Note } from '../log.js'
import type { Manifest } from '../app/manifest.js'
import type { ScheduledTrigger } from '../app/manifest.js'
import type { Interval } from '../app/manifest.js'

export interface TriggersOptions {
  readonly manifest: Manifest
  readonly installation: Installation
  readonly counts: Counts
  readonly faults: Faults
  readonly note: Note
  readonly clock: HostClock
  readonly invoke: Invoke
}

const minute = 60_000
const intervalMs: Readonly<Record<Interval, number>> = {
  fiveMinute: 5 * minute,
  hour: 60 * minute,
  day: 24 * 60 * minute,
  week: 7 * 24 * 60 * minute,
}

/** About as long as the first one takes after a deployment. */
const firstMs = 5 * minute

/** Makes the triggers. */
export function createTriggers({ manifest, installation, faults, note, clock, invoke }: TriggersOptions) {
  function fire({ key, functionKey }: ScheduledTrigger): Promise<unknown> {
    const event = { context: { cloudId: installation.cloudId, moduleKey: key }, contextToken: 'local' }
    const caller = { moduleKey: key, moduleType: 'core:scheduledTrigger' as const }
    return invoke(functionKey, [event, handlerContext(installation, undefined)], caller)
  }

  /** Fires a trigger; returns its result, or undefined when a fault lost the firing. */
  async function tick(key?: string): Promise<unknown> {
    const [trigger, another] = manifest.triggers.filter((one) => key === undefined || one.key === key)
    if (trigger === undefined) throw new Error(`The manifest has no scheduledTrigger ${key ?? ''}`.trim())
    if (another !== undefined) throw new Error('The manifest has several scheduledTriggers: name one')
    const struck = faults.on('tick')
    if (struck === 'lost') return undefined
    const firings = struck === 'duplicate' ? [fire(trigger), fire(trigger)] : [fire(trigger)]
    const [first] = await Promise.allSettled(firings)
    if (first?.status === 'rejected') throw first.reason
    const { statusCode } = (first?.value ?? {}) as { statusCode?: unknown }
    if (typeof statusCode !== 'number') note('trigger', `${trigger.key} returned no statusCode: recorded as 424`)
    return first?.value
  }

  return {
    tick,
    /** Fires all triggers at their intervals, by the clock. */
    start(): void {
      for (const { key, interval } of manifest.triggers) {
        const repeat = (due: number) =>
          clock.at(
            due,
            () => {
              repeat(due + intervalMs[interval])
              tick(key).catch((failure: unknown) => note('trigger', `${key} failed: ${String(failure)}`))
            },
            'schedule',
          )
        repeat(clock.now() + firstMs)
      }
    },
  }
}
