// A machine for tests: its clock moves only when it is told to or waited on, its ids count, its hash is real.

import type { System } from '../model/system.js'
import type { Duration, Instant } from '../model/time.js'

interface WebCrypto {
  readonly crypto: { readonly subtle: { digest(name: string, data: Uint8Array): Promise<ArrayBuffer> } }
  readonly TextEncoder: new () => { encode(text: string): Uint8Array }
}
const { crypto, TextEncoder } = globalThis as unknown as WebCrypto

export interface ManualSystem extends System {
  /** Moves the clock forward; a negative length steps it back. */
  advance(length: Duration): void
  /** How long core has waited in all. */
  waited(): Duration
}

/** The instant at which tests begin unless they say otherwise, a Tuesday. */
export const testNow: Instant = Date.UTC(2026, 10, 24, 8)

/** Computes SHA-256 of the UTF-8 text, in lower-case hex. */
export async function sha256(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Makes a system whose clock shows `start`. */
export function manualSystem(start: Instant = testNow): ManualSystem {
  let [shown, ids, waited] = [start, 0, 0]
  return {
    now: () => shown,
    newId: () => `id-${String((ids += 1)).padStart(4, '0')}`,
    digest: sha256,
    wait(ms) {
      shown += ms
      waited += ms
      return Promise.resolve()
    },
    advance: (length) => void (shown += length),
    waited: () => waited,
  }
}
