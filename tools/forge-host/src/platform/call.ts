// A call of the app to the platform, and the response.

import type { Invocation } from '../functions/invocation.js'
import type { Target } from '../functions/lambda-call.js'

export interface PlatformCall {
  readonly target: Target
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly invocation: Invocation
}
export interface PlatformResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Bytes go as they are, all else as JSON. */
  readonly body?: unknown
}
export type Handler = (call: PlatformCall) => PlatformResponse | Promise<PlatformResponse>
export type Doc = Readonly<Record<string, unknown>>

export const isDoc = (value: unknown): value is Doc =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads the body as JSON; undefined when it is none. */
export function jsonOf({ body }: PlatformCall): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

/** A refusal of the storage services. */
export const refusal = (status: number, code: string, message: string, more: Doc = {}): PlatformResponse => ({
  status,
  body: { code, message, ...more },
})
/** A refusal of the proxy itself: the packages throw a ProxyRequestError for it. */
export const proxyError = (status: number, reason: string): PlatformResponse => ({
  status,
  headers: { 'forge-proxy-error': reason },
})
