// A checkpoint: a signed reference to the newest audit entry.

import type { Instant } from './time.js'

/** Why Rollcall signs a checkpoint. `pruned`: retention is about to remove all entries up to it. */
export const checkpointReasons = ['run', 'day', 'asked', 'pruned'] as const

export interface Checkpoint {
  /** Index and hash of the audit entry that was the newest one. */
  readonly index: number
  readonly hash: string
  readonly at: Instant
  readonly why: (typeof checkpointReasons)[number]
  /** Ed25519, SPKI in base64. */
  readonly publicKey: string
  /** Ed25519 over the canonical JSON of all other fields, in base64. */
  readonly signature: string
}
