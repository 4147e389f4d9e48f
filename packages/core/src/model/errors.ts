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
 * `none` when the request surely had no effect, `maybe` when nobody can tell before reading back.
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
  ) {
    super(where === undefined ? message : `${where}: ${message}`)
  }
}

/** What is kept, or the sentence that says why it cannot be read; any other failure goes on its way. */
export const asReadResult = <Kept>(reading: Promise<Kept>): Promise<Kept | { readonly unreadable: string }> =>
  reading.catch((failure: unknown) => {
    if (failure instanceof UsageError) return { unreadable: failure.message }
    throw failure
  })

/** What Atlassian answered, or did not; any other failure goes on its way. */
export function asDirectoryError(failure: unknown): DirectoryError {
  if (failure instanceof DirectoryError) return failure
  throw failure
}
