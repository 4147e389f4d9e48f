// A share of time, and of whatever else a host has an end of: how far one piece of long work may go. What is not done then goes on where it stands,
// in this process or another one.

import type { System } from './system.js'
import type { Instant } from './time.js'

/** How far one piece of work may go. */
export interface TimeSlice {
  readonly until: Instant
  /** What else a host has an end of, such as requests, or time by its own clock. */
  readonly usedUp?: () => boolean
}

/** What long work throws that has used up its share: called again, it goes on where it stands. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished'
  /** `waitMs`: how long it is not worth while to call again. */
  constructor(readonly waitMs = 0) {
    super('This takes longer than one time slice. It continues by itself.')
  }
}

/** Says whether a share is used up. */
export const isUsedUp = ({ until, usedUp }: TimeSlice, { system }: { readonly system: Pick<System, 'now'> }): boolean =>
  system.now() >= until || usedUp?.() === true
