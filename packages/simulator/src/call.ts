// One call to the simulator, as the endpoints see it.

import type { Clock } from './clock.js'
import type { Organization } from './organization.js'

export interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  readonly key: 'unscoped' | 'scoped'
  readonly organization: Organization
  readonly clock: Clock
  /** Records an effective change to an account. */
  readonly changed: (accountId: string, change: string) => void
}

/** Reads a list of texts from a body field or a repeated query parameter. */
export function texts({ body, query }: Call, name: string): string[] | undefined {
  const value = body[name]
  if (Array.isArray(value)) return value.map(String)
  if (typeof value === 'string') return [value]
  return query.has(name) ? query.getAll(name) : undefined
}
