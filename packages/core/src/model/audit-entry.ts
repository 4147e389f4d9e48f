// An audit entry: one fact, chained to the entry before it.

import type { AuditEvent } from './audit-event.js'
import type { Personal } from './personal-data.js'
import type { Instant } from './time.js'

/**
 * What happened, as the log holds it. `subject` is an account, policy, plan or protection. Another version of Rollcall may
 * have logged an event that this one does not know.
 */
export interface RecordedFact {
  readonly at: Instant
  readonly actor: string
  readonly event: string
  readonly runId?: string
  readonly planId?: string
  readonly subject?: string
  readonly action?: string
  readonly outcome?: string
  readonly reason?: string
  readonly details?: Readonly<Record<string, unknown>>
  /** Salted digest of the personal data that the log keeps outside the chain. */
  readonly personal?: string
}

/** A fact that this version logs. */
export interface AuditFact extends RecordedFact {
  readonly event: AuditEvent
}

/** A fact in the chain; `index` starts at 1, `previous` of the first is 64 zeros. */
export interface AuditEntry {
  readonly index: number
  readonly previous: string
  readonly fact: RecordedFact
  readonly hash: string
  /** Personal data; undefined once erased. Not part of the hash; the fact holds its digest. */
  readonly personal?: Personal
}

export const chainStart = '0'.repeat(64)

export type Verification =
  | { readonly ok: true; readonly entries: number; readonly head: string; readonly checkpoints?: number }
  | { readonly ok: false; readonly entries: number; readonly index: number; readonly message: string }
