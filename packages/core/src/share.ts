// A share of time and requests: how far one piece of long work may go. What is not done then goes on where it stands,
// in this process or another one.

import type { Ports } from './ports.js'
import type { Instant } from './time.js'

/** How far one piece of work may go. */
export interface Budget {
  readonly until: Instant
  /** Requests of this app's Directory, those already sent included, that may have been sent before it stops; all without it. */
  readonly requests?: number
}

/** What long work throws that has used up its share: called again, it goes on where it stands. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished'
  /** `waitMs`: how long it is not worth while to call again. */
  constructor(readonly waitMs = 0) {
    super('This takes longer than one share of time. It goes on by itself.')
  }
}

/** Says whether a share is used up. */
export const isUsedUp = (
  { until, requests = Infinity }: Budget,
  { directory, system }: Pick<Ports, 'directory' | 'system'>,
): boolean => system.now() >= until || directory.requests() >= requests
