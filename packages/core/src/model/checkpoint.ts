// A checkpoint: a signed reference to the newest audit entry.

import type { Instant } from './time.js'

export interface Checkpoint {
  /** Index and hash of the audit entry that was the newest one. */
  readonly index: number
  readonly hash: string
  readonly at: Instant
  /** Why Rollcall signed it. `pruned`: retention is about to remove all entries up to it. */
  readonly why: 'run' | 'day' | 'asked' | 'pruned'
  /** Ed25519, SPKI in base64. */
  readonly publicKey: string
  /** Ed25519 over the canonical JSON of all other fields, in base64. */
  readonly signature: string
}
