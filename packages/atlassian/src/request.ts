// A request to Atlassian and its response, inside the client.

import type { Instant } from '@rollcall/core'

/** The part of a response of `fetch` that the client reads. */
export interface FetchResponse {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  /** The decompressed body, in pieces; absent where the platform only gives the whole text. */
  readonly body?: AsyncIterable<Uint8Array> | null
  text(): Promise<string>
}

/** The part of `fetch` that the client uses. The client itself limits how long a response takes, and how large it is. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string
    readonly headers: Record<string, string>
    readonly body?: string
    readonly signal: AbortSignal
  },
) => Promise<FetchResponse>

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly key: string
  readonly body?: unknown
  /** Asks caches on the way for Atlassian's own answer. */
  readonly uncached?: true
  /** Only for changes: called right before each send; false withholds the change. */
  readonly permit?: () => Promise<boolean>
}

export interface ApiResponse {
  readonly status: number
  readonly text: string
  readonly header: (name: string) => string | undefined
  /** When the request was sent and its response had arrived, by this machine's clock. */
  readonly sentAt: Instant
  readonly receivedAt: Instant
}

/** Removes the key from a text, whether Atlassian or the network stack put it there. */
export const redactKey = (text: string, { key }: Pick<ApiRequest, 'key'>): string =>
  key === '' ? text : text.replaceAll(key, '[API key]')
