// Atlassian's clock, from the Date headers of its own valid responses. Where it and this machine's clock disagree, nobody
// can tell which one is right: then the time is unknown, and nobody counts as inactive. The same holds while its answers
// carry no time.

import { clocksDiffer, hour, second, type Instant, type KnownTime, type System } from '@rollcall/core'

/** When a request was sent, and when its response had arrived, by this machine's clock. */
export interface Exchange {
  readonly sentAt: Instant
  readonly receivedAt: Instant
}

/** After a jump, the clocks have to agree for this long. */
const settlesIn = hour

/**
 * Makes the clock. It shows the local time until the first Date header, and while the two clocks disagree. A `trusted`
 * machine's clock needs no Date header.
 */
export function createUpstreamClock(system: Pick<System, 'now' | 'elapsed'>, trusted = false) {
  let [ahead, learned] = [0, false]
  let unknown: Extract<KnownTime, { kind: 'unknown' }> | undefined
  let last: { readonly theirs: Instant; readonly elapsed: number } | undefined
  let steadySince: number | undefined

  /** True if this header and the one before lie further apart than the time between them. */
  function jumped(theirs: Instant): boolean {
    const elapsed = system.elapsed?.()
    if (elapsed === undefined) return false
    const off = last === undefined ? 0 : Math.abs(theirs - last.theirs - (elapsed - last.elapsed))
    last = { theirs, elapsed }
    if (off > clocksDiffer) steadySince = elapsed
    else if (steadySince !== undefined && elapsed - steadySince >= settlesIn) steadySince = undefined
    return steadySince !== undefined
  }

  return {
    /** Epoch milliseconds: never ahead of Atlassian's clock, and rarely more than a few milliseconds behind it. */
    now: (): Instant => system.now() + ahead,
    time: (): KnownTime => unknown ?? { kind: 'known', at: system.now() + ahead },
    /** Learns from the Date header of a valid response. */
    learn(date: string | undefined, { sentAt, receivedAt }: Exchange) {
      const theirs = Date.parse(date ?? '')
      if (Number.isNaN(theirs)) {
        // One answer without a date changes nothing that others have taught.
        if (!learned && !trusted)
          unknown ??= { kind: 'unknown', because: 'silent', machine: receivedAt, atlassian: null }
        return
      }
      // The header is truncated to seconds, so it bounds the difference on both sides. The tightest bound is kept.
      const [least, most] = [theirs - receivedAt, theirs + second - sentAt]
      const because = jumped(theirs) ? 'jumped' : undefined
      const apart = least > clocksDiffer || most < -clocksDiffer
      if (apart || because !== undefined) {
        unknown = { kind: 'unknown', because: apart ? 'apart' : 'jumped', machine: receivedAt, atlassian: theirs }
        ;[ahead, learned] = [0, false]
        return
      }
      unknown = undefined
      if (!learned || least > ahead || ahead > most) ahead = least
      learned = true
    },
  }
}
