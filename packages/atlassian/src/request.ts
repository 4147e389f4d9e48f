// One request to Atlassian and its answer, as the client passes them around.

/** The part of `fetch` that is used; the caller's fetch sets time-outs. */
export type Fetch = (
  url: string,
  init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
) => Promise<{
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}>

export interface Asked {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly key: string
  readonly body?: unknown
  /** Present for changes: asked right before every sending. */
  readonly permit?: () => Promise<boolean>
}

export interface Received {
  readonly status: number
  readonly text: string
  readonly header: (name: string) => string | undefined
}

/** Takes the key out of a text, whoever has put it there. */
export const sealed = (text: string, { key }: Pick<Asked, 'key'>): string =>
  key === '' ? text : text.replaceAll(key, '[API key]')
