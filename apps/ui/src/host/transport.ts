// A transport carries an operation by name to the server or the app, and returns its result.
import type { OperationName, Result } from '@rollcall/api'

/** The input of an operation. */
export interface OperationInput {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
}

/** Any other failure is an error whose message the page can show. */
export type Carry<Name extends string> = (name: Name, input?: OperationInput, signal?: AbortSignal) => Promise<Result>

/** Not part of the shared operations, since each host stores keys in its own way. */
export type ConnectingName = 'connection' | 'connect' | 'disconnect'

export interface Transport {
  readonly carry: Carry<OperationName>
  readonly carryConnecting?: Carry<ConnectingName>
}
