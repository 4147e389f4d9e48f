// A checkpoint: the signed place of the newest audit entry.

import type { Instant } from './time.js'

export interface Checkpoint {
  /** The entry that it is about, and that entry's hash. */
  readonly index: number
  readonly hash: string
  readonly at: Instant
  /** A run ended, a day began, somebody asked, or all entries up to it are about to be removed. */
  readonly why: 'run' | 'day' | 'asked' | 'pruned'
  /** Ed25519, SPKI in base64. */
  readonly publicKey: string
  /** Over the canonical JSON of all the rest, in base64. */
  readonly signature: string
}
