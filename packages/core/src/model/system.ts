// The machine that core runs on: its clock, its randomness, its hash.

import type { Duration, Instant } from './time.js'

/** The machine: its clock, its randomness, its hash. */
export interface System {
  now(): Instant
  /** Milliseconds on a clock that nobody sets, since any start; absent where the machine has none. */
  elapsed?(): Duration
  newId(): string
  /** SHA-256 of the UTF-8 text, in lower-case hex. */
  digest(text: string): Promise<string>
  /** Waits. Core waits in no other way. */
  wait(ms: number): Promise<void>
}
