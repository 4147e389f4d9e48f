// One call to the simulator, as the endpoints see it.

import type { Behaviour } from './behaviour.js'
import type { Changes } from './changes.js'
import type { Clock } from './clock.js'
import type { Answer } from './errors.js'
import type { Journal } from './events.js'
import type { Account, Organization } from './organization.js'
import type { Random } from './random.js'

/** What lasts from call to call. */
export interface World {
  readonly organization: Organization
  readonly clock: Clock
  readonly behaviour: Behaviour
  readonly changes: Changes
  readonly journal: Journal
  /** Draws the ids of what is made while the simulator runs. */
  readonly fresh: Random
}
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
export type Endpoint = (call: Call) => Answer

/** Thrown by what an endpoint calls, to answer so at once. */
export class Refused extends Error {
  constructor(readonly answer: Answer) {
    super('refused')
  }
}
export function refuse(answer: Answer): never {
  throw new Refused(answer)
}

/** The account as the admin API shows it. */
export const seenAccount = ({ organization, changes }: Call, accountId: string): Account | undefined => {
  const account = organization.byId.get(accountId)
  return account === undefined ? undefined : changes.seen(account)
}

/** Reads a list of texts from a field that holds one or many. */
export function texts(asked: Readonly<Record<string, unknown>>, name: string): string[] | undefined {
  const value = asked[name]
  if (Array.isArray(value)) return value.map(String)
  return value === undefined || value === null ? undefined : [String(value)]
}

/** The query as a record; what is repeated becomes a list. */
export function queryRecord(query: URLSearchParams): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name)
    record[name] = values.length === 1 ? values[0] : values
  }
  return record
}
