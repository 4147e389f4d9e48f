// Events, jobs and retries, as the queue keeps them.

import type { Chain } from '../functions/invocation.js'

export interface PushedEvent {
  readonly body: unknown
  readonly delayInSeconds?: number
  readonly concurrency?: { readonly key: string; readonly limit: number }
}
interface RetryContext {
  readonly retryCount: number
  readonly retryReason: string
  readonly retryData?: unknown
}
export interface QueuedEvent extends PushedEvent {
  readonly queueName: string
  readonly jobId: string
  readonly eventId: string
  readonly retryContext?: RetryContext
}
export interface Waiting {
  readonly event: QueuedEvent
  readonly chain: Chain
  refusals: number
  /** A second delivery of the same event; only the first one counts for the job. */
  readonly copy?: true
}
export interface Job {
  success: number
  inProgress: number
  failed: number
  cancelled: boolean
}
export interface RetryOptions {
  readonly retryAfter?: number
  readonly retryReason?: string
  readonly retryData?: unknown
}

export function requestedRetry(result: unknown): RetryOptions | undefined {
  const { _retry, retryOptions } = (result ?? {}) as { _retry?: unknown; retryOptions?: RetryOptions }
  return _retry === true ? (retryOptions ?? {}) : undefined
}
export const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '')
