// Faults on demand: every n-th call, delivery or tick fails in the requested way.

import { tally, type Counts } from './limits/counts.js'
import type { Note } from './log.js'

export type ServiceName = 'kvs' | 'sql' | 'events' | 'jira' | 'egress'
export type Fault = {
  /** Affects the n-th matching call, the 2n-th, … */
  readonly every: number
  /** How many matching calls pass before the count starts. */
  readonly after?: number
  /** How often it occurs at most; without it, for ever. */
  readonly times?: number
} & (
  | {
      readonly on: ServiceName
      /** rate-limited = 429, error = 500, time-out = no response until the invocation ends, cut = the connection breaks. */
      readonly kind: 'rate-limited' | 'error' | 'time-out' | 'cut'
      /** Only calls whose path contains this text. */
      readonly path?: string
      /** Whether the call takes effect before the fault. By default yes for time-out and cut, no for the others. */
      readonly afterEffect?: boolean
    }
  /** The platform refuses the last event of a push: 202. */
  | { readonly on: 'events'; readonly kind: 'partial' }
  | { readonly on: 'delivery' | 'tick'; readonly kind: 'duplicate' | 'lost' }
)
type Place = Fault['on']
export type CallFault = Extract<Fault, { readonly kind: 'rate-limited' | 'error' | 'time-out' | 'cut' }>

/** Stores the faults, and returns the one that affects a call. */
export function createFaults(given: readonly Fault[], counts: Counts, note: Note) {
  const kept = (faults: readonly Fault[]) => faults.map((fault) => ({ fault, seen: 0, struck: 0 }))
  let list = kept(given)

  function strike(place: Place, kinds: readonly Fault['kind'][], path: string): Fault | undefined {
    let hit: Fault | undefined
    for (const one of list) {
      const { fault } = one
      const matches = fault.on === place && kinds.includes(fault.kind)
      if (!matches || ('path' in fault && !path.includes(fault.path ?? ''))) continue
      one.seen += 1
      const counted = one.seen - (fault.after ?? 0)
      const due = counted > 0 && counted % fault.every === 0 && one.struck < (fault.times ?? Infinity)
      if (hit !== undefined || !due) continue
      one.struck += 1
      hit = fault
    }
    if (hit === undefined) return undefined
    tally(counts.faults, hit.kind)
    note('fault', `${hit.kind} on ${place} ${path}`.trim())
    return hit
  }
  return {
    set(faults: readonly Fault[]) {
      list = kept(faults)
    },
    onCall: (place: ServiceName, path: string) =>
      strike(place, ['rate-limited', 'error', 'time-out', 'cut'], path) as CallFault | undefined,
    onPush: () => strike('events', ['partial'], '') !== undefined,
    on: (place: 'delivery' | 'tick') =>
      strike(place, ['duplicate', 'lost'], '')?.kind as 'duplicate' | 'lost' | undefined,
  }
}
export type Faults = ReturnType<typeof createFaults>
