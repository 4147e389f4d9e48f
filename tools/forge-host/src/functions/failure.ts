// Why an invocation failed, with the platform's error codes.

export type FailureCode =
  | 'FUNCTION_ERR'
  | 'FUNCTION_TIME_OUT'
  | 'FUNCTION_OUT_OF_MEMORY'
  | 'FUNCTION_PLATFORM_RATE_LIMITED'
  | 'FUNCTION_PLATFORM_UNKNOWN_ERROR'

/** The app's error, as far as it can leave its thread. */
export interface Thrown {
  readonly name?: string
  readonly message: string
  readonly code?: unknown
  readonly stack?: string
}

export class FunctionFailure extends Error {
  override readonly name: FailureCode
  constructor(
    readonly code: FailureCode,
    readonly functionKey: string,
    message: string,
    /** Absent when the platform ended it. */
    readonly thrown?: Thrown,
  ) {
    super(message)
    this.name = code
  }
}
