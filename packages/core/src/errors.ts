// The errors that core throws. Expected outcomes are values; these are what a person has to hear about.

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
 * `none` when the request surely had no effect, `maybe` when the answer was lost after sending.
 */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError'
  constructor(
    readonly code: DirectoryErrorCode,
    message: string,
    readonly details: { readonly retryAfterMs?: number; readonly effect?: 'none' | 'maybe' } = {},
  ) {
    super(message)
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
  ) {
    super(where === undefined ? message : `${where}: ${message}`)
  }
}
