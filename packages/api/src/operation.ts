// An operation: one request that the page or a script may send to any host. One file declares everything about an
// operation. Hosts only translate.

import { unsoundInput, UsageError, type App, type TimeSlice } from '@rollcall/core'
import { z } from 'zod'
import { checkResponse } from './check-response.js'
import { refused } from './responses/refusal.js'
import type { ReadOnly } from './responses/read-only.js'
import type { Role } from './role.js'

/** What a host passes to an operation. */
export interface Caller {
  readonly app: App
  /** The requester, for the audit log. */
  readonly by: string
  /** Tells the host that a run may continue. */
  readonly wake: () => void | Promise<void>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** The time slice of a call. A long operation throws `Unfinished` at its end, and continues at the next call. */
  readonly slice?: TimeSlice | undefined
  /** Compares each response with its schema, field by field. Only tests use it. */
  readonly checkResponses?: boolean
}

export interface Request<Params = unknown, Query = unknown, Body = unknown> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
}

/** A handler returns it instead of a response when the guard refuses. */
export class Refused {
  readonly refusals: ReadOnly<z.output<typeof refused>>['refusals']

  constructor(refusals: ReadOnly<z.output<typeof refused>>['refusals']) {
    this.refusals = refusals
  }
}

/** The result of an operation: a response, or a refusal with its own schema. */
export type Result = { readonly value: unknown } | { readonly refused: unknown }

type Fields<Value> = z.ZodObject & z.ZodType<Value>

/** The interface of an operation, as OpenAPI shows it. */
export interface Interface {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below /api; names in braces are params. */
  readonly path: string
  /** The lowest role that may call it. */
  readonly role: Role
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** The source of the response's type, for handlers, hosts and the page. */
  readonly response: z.ZodType
  readonly status?: 200 | 201 | 202
  /** May take minutes. A host with short requests runs it in the background, and the page polls the result. */
  readonly long?: true
  /** Leads to changes at Atlassian. Where Rollcall is sold, it needs a license. */
  readonly needsLicense?: true
  /** The operation that replaces this one, for new programs. */
  readonly aliasOf?: Interface
}

export interface Operation extends Interface {
  /** Handles a validated request. */
  act(request: Request, caller: Caller): Promise<Result>
}

interface Declaration<Params, Query, Body, Response extends z.ZodType> extends Interface {
  readonly params?: Fields<Params>
  readonly query?: Fields<Query>
  readonly body?: z.ZodType<Body>
  readonly response: Response
  readonly handler: (
    request: Request<Params, Query, Body>,
    caller: Caller,
  ) => Promise<ReadOnly<z.input<Response>> | Refused>
}

/**
 * Throws a `UsageError` for a request that nobody means: nested without end, or with control characters. What removes
 * something may name whatever is stored, and a cursor holds the name at which a page ends.
 */
function requireSound({ method }: Interface, { query, body }: Request): void {
  if (method === 'delete') return
  const problem = unsoundInput({ ...(query as object), body }, ['after'])
  if (problem !== undefined) throw new UsageError(`The request ${problem}.`)
}

/** Defines an operation. */
export const operation = <Params, Query, Body, Response extends z.ZodType>(
  declared: Declaration<Params, Query, Body, Response>,
) => ({
  ...declared,
  async act(request: Request, caller: Caller): Promise<Result> {
    requireSound(declared, request)
    const given = await declared.handler(request as Request<Params, Query, Body>, caller)
    const result = given instanceof Refused ? { refused: { refusals: given.refusals } } : { value: given }
    if (caller.checkResponses === true) {
      const name = `${declared.method.toUpperCase()} ${declared.path}`
      if ('refused' in result) checkResponse(name, refused, result.refused)
      else checkResponse(name, declared.response, result.value)
    }
    return result
  },
})

type Inherited = 'method' | 'role' | 'needsLicense' | 'aliasOf'

/** Defines an earlier route of an operation, whose responses stay exactly the same. */
export const aliasOf = <Params, Query, Body, Response extends z.ZodType>(
  replacement: Interface,
  declared: Omit<Declaration<Params, Query, Body, Response>, Inherited>,
) => {
  const { method, role, needsLicense } = replacement
  const license = needsLicense === undefined ? {} : { needsLicense }
  return operation({ ...declared, ...license, method, role, aliasOf: replacement })
}
