// A call of a lambda to the platform, and the response, as they cross the thread.

/** The target of a call, as Forge's packages name it. */
export interface Target {
  readonly type: string
  readonly provider?: 'app' | 'user' | 'none'
  readonly remote?: string
  readonly accountId?: string
}
/** A call as a lambda posts it. */
export interface LambdaCall {
  readonly token: string
  readonly target: Target
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
}
/** The response as the lambda gets it; undefined when the connection breaks. */
export interface LambdaResponse {
  readonly status: number
  readonly statusText: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
}
export type AnswerCall = (call: LambdaCall) => Promise<LambdaResponse | undefined>
