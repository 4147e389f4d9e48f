// The requests that have begun and have no response yet, so that a server can end between them.

import type { MiddlewareHandler } from 'hono'
import { setTimeout as sleep } from 'node:timers/promises'

export interface InFlight {
  readonly count: MiddlewareHandler
  /** Resolves once there is none, or after so many milliseconds. */
  readonly ended: (ms: number) => Promise<void>
}

/** Counts requests. Once the process ends, each response closes its connection. */
export function requestsInFlight(ending: AbortSignal): InFlight {
  const none = new EventTarget()
  let begun = 0
  return {
    async count(context, next) {
      begun += 1
      try {
        await next()
        if (ending.aborted) context.header('connection', 'close')
      } finally {
        begun -= 1
        if (begun === 0) none.dispatchEvent(new Event('none'))
      }
    },
    async ended(ms) {
      if (begun === 0) return
      const over = new AbortController()
      none.addEventListener('none', () => over.abort())
      await sleep(ms, undefined, { signal: over.signal }).catch(() => undefined)
      // The response itself is written after the handlers.
      await sleep(50)
    },
  }
}
