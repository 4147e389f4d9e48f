// A time slice: how long one call of long work may take. The next call continues, in this process or another one.

import type { System } from './system.js'
import type { Instant } from './time.js'

/** How long one call may work. */
export interface TimeSlice {
  readonly until: Instant
  /** A further limit of the host, such as its requests, or time by its own clock. True once it is reached. */
  readonly usedUp?: () => boolean
  /** True while other work goes first, such as an undo. Long work asks it after every page. */
  readonly yields?: () => Promise<boolean>
}

/** Long work throws it when its time slice is used up. The next call continues the work. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished'
  /** `waitMs`: how long the caller should wait before the next call. */
  constructor(readonly waitMs = 0) {
    super('This takes longer than one time slice. It continues by itself.')
  }
}

/** True once a time slice is used up. */
export const isUsedUp = ({ until, usedUp }: TimeSlice, { system }: { readonly system: Pick<System, 'now'> }): boolean =>
  system.now() >= until || usedUp?.() === true
