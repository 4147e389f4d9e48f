// The errors that core throws, with messages for people. Expected outcomes are return values.

import type { Remedy } from './remedy.js'

export type DirectoryErrorCode =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'seat-limit'
  | 'rate-limited'
  | 'unavailable'
  | 'unexpected-response'

/**
 * The only error that a Directory throws. `effect` says whether Atlassian may have applied the change:
 * `none` when it surely did not, `maybe` when only reading back can tell.
 * `responded` is true when Atlassian responded with an error of its own (5xx): then no request is still in flight.
 */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError'
  constructor(
    readonly code: DirectoryErrorCode,
    message: string,
    readonly details: {
      readonly retryAfterMs?: number
      readonly effect?: 'none' | 'maybe'
      readonly responded?: boolean
    } = {},
  ) {
    super(message)
  }
  get responded(): boolean {
    return this.details.responded ?? false
  }
  get retryAfterMs(): number | undefined {
    return this.details.retryAfterMs
  }
  get effect(): 'none' | 'maybe' {
    return this.details.effect ?? 'none'
  }
}

/** The caller gave a policy, option or id that Rollcall cannot use; `where` is `file:line` for policy files. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  constructor(
    message: string,
    readonly where?: string,
    /** What the admin can do; each host phrases it. */
    readonly remedy?: Remedy,
  ) {
    super(where === undefined ? message : `${where}: ${message}`)
  }
}

/** Resolves to the value, or to why it is unreadable: the message of a `UsageError`. Any other failure stays one. */
export const asReadResult = <Kept>(reading: Promise<Kept>): Promise<Kept | { readonly unreadable: string }> =>
  reading.catch((failure: unknown) => {
    if (failure instanceof UsageError) return { unreadable: failure.message }
    throw failure
  })

/** Returns a `DirectoryError` as such; throws any other failure. */
export function asDirectoryError(failure: unknown): DirectoryError {
  if (failure instanceof DirectoryError) return failure
  throw failure
}
