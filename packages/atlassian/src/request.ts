// A request to Atlassian and its response, inside the client.

/** The part of `fetch` that the client uses. The caller's fetch sets time-outs. */
export type Fetch = (
  url: string,
  init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
) => Promise<{
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}>

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly key: string
  readonly body?: unknown
  /** Only for changes: called right before each send; false withholds the change. */
  readonly permit?: () => Promise<boolean>
}

export interface ApiResponse {
  readonly status: number
  readonly text: string
  readonly header: (name: string) => string | undefined
}

/** Removes the key from a text, whether Atlassian or the network stack put it there. */
export const redactKey = (text: string, { key }: Pick<ApiRequest, 'key'>): string =>
  key === '' ? text : text.replaceAll(key, '[API key]')
