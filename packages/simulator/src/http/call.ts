// One call to the simulator, as the endpoints see it.

import type { ApiResponse } from './responses.js'
import type { Account } from '../organization/organization.js'
import type { World } from '../world/world.js'

export interface Call extends World {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  readonly key: 'unscoped' | 'scoped' | 'site'
  /** Where the simulator listens. */
  readonly base: string
  /** The parts of the path that its template names, decoded. */
  readonly params: Readonly<Record<string, string>>
  /** Pages hold fewer items than asked for. */
  readonly short?: boolean
}
export type Endpoint = (call: Call) => ApiResponse

/** Ends a call at once with this response. */
export class Refused extends Error {
  constructor(readonly answer: ApiResponse) {
    super('refused')
  }
}

export function refuse(answer: ApiResponse): never {
  throw new Refused(answer)
}

/** The account as the admin API shows it. */
export const visibleAccount = ({ organization, changes }: Call, accountId: string): Account | undefined => {
  const account = organization.byId.get(accountId)
  return account === undefined ? undefined : changes.visible(account)
}

/** Reads a list of strings from a field that holds one or several. */
export function texts(parameters: Readonly<Record<string, unknown>>, name: string): string[] | undefined {
  const value = parameters[name]
  if (Array.isArray(value)) return value.map(String)
  return value === undefined || value === null ? undefined : [String(value)]
}

/** The query as a record; a repeated parameter becomes a list. */
export function queryRecord(query: URLSearchParams): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name)
    record[name] = values.length === 1 ? values[0] : values
  }
  return record
}
