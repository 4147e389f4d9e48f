// Sends declared addresses to their stand-ins, so that nothing leaves this machine by accident.

import type { Counts } from '../limits/counts.js'
import type { LimitMeter } from '../limits/limit-meter.js'
import type { Limits } from '../limits/limits.js'
import { proxyError, refusal, type Handler } from './call.js'
import { forward } from './forward.js'

export interface EgressOptions {
  /** From the origin that the app uses to the origin of its stand-in. */
  readonly standIns: Readonly<Record<string, string>>
  readonly limits: Limits
  readonly counts: Counts
  readonly meter: LimitMeter
}

/** Makes the handler of fetch(). */
export function createEgress({ standIns, limits, counts, meter }: EgressOptions): Handler {
  const targets = new Map(Object.entries(standIns).map(([from, to]) => [new URL(from).origin, to]))
  return async (call) => {
    const { invocation, method, headers, body } = call
    invocation.egress += 1
    if (!meter.allows('egressPerRuntimeMinute', invocation.egress / invocation.minutes)) {
      counts.egress.refused += 1
      return proxyError(429, 'FETCH_LIMIT_EXCEEDED')
    }
    counts.egress.requests += 1
    const url = new URL(call.path)
    const target = targets.get(url.origin)
    if (target === undefined)
      return refusal(502, 'NO_STAND_IN', `The local host knows no stand-in for ${url.origin}: name one as its egress`)
    const started = performance.now()
    try {
      return await forward(`${target}${url.pathname}${url.search}`, { method, headers, body }, limits.egressSeconds)
    } finally {
      meter.record('egressSeconds', (performance.now() - started) / 1000)
    }
  }
}
