// The errors that core throws. Expected outcomes are values; these are for a person to read.

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
 * What a Directory throws, and nothing else. `effect` says whether a change may have landed:
 * `none` when the request surely had no effect, `maybe` when only reading back can tell.
 * `answered` is true when Atlassian did answer, with an error of its own (5xx): then nothing is still on its way.
 */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError'
  constructor(
    readonly code: DirectoryErrorCode,
    message: string,
    readonly details: {
      readonly retryAfterMs?: number
      readonly effect?: 'none' | 'maybe'
      readonly answered?: boolean
    } = {},
  ) {
    super(message)
  }
  get answered(): boolean {
    return this.details.answered ?? false
  }
  get retryAfterMs(): number | undefined {
    return this.details.retryAfterMs
  }
  get effect(): 'none' | 'maybe' {
    return this.details.effect ?? 'none'
  }
}

/** A policy, option or id that cannot be used; `where` is `file:line` for policy files. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  constructor(
    message: string,
    readonly where?: string,
    /** What helps: each host says how. */
    readonly remedy?: Remedy,
  ) {
    super(where === undefined ? message : `${where}: ${message}`)
  }
}

/** The value, or the message that says why it cannot be read; throws any other failure. */
export const asReadResult = <Kept>(reading: Promise<Kept>): Promise<Kept | { readonly unreadable: string }> =>
  reading.catch((failure: unknown) => {
    if (failure instanceof UsageError) return { unreadable: failure.message }
    throw failure
  })

/** The failure as a `DirectoryError`; throws any other failure. */
export function asDirectoryError(failure: unknown): DirectoryError {
  if (failure instanceof DirectoryError) return failure
  throw failure
}
