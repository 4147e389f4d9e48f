// An operation: one request that a page or a script may send, whichever host receives it. A file per operation declares
// everything about it; hosts translate, and decide nothing.

import type { App, TimeSlice } from '@rollcall/core'
import { z } from 'zod'
import { checkResponse } from './check-response.js'
import { refused } from './responses/refusal.js'
import type { ReadOnly } from './responses/read-only.js'
import type { Role } from './role.js'

/** What a host brings along. */
export interface Caller {
  readonly app: App
  /** The requester, for the audit log. */
  readonly by: string
  /** Lets the host know that a run may go on. */
  readonly wake: () => void | Promise<void>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** How far one call may go; a long operation throws `Unfinished` then, and goes on when it is called again. */
  readonly slice?: TimeSlice | undefined
  /** Tests let every host compare each response with its schema, field by field. */
  readonly checkResponses?: boolean
}

export interface Request<Params = unknown, Query = unknown, Body = unknown> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
}

/** What a handler returns instead of a response where guard refuses. */
export class Refused {
  readonly refusals: ReadOnly<z.output<typeof refused>>['refusals']

  constructor(refusals: ReadOnly<z.output<typeof refused>>['refusals']) {
    this.refusals = refusals
  }
}

/** A refusal is a response as well. */
export type Result = { readonly value: unknown } | { readonly refused: unknown }

type Fields<Value> = z.ZodObject & z.ZodType<Value>

/** How an operation is requested, as OpenAPI shows it. */
export interface Interface {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below /api; names in braces are params. */
  readonly path: string
  /** The least role that may request it. */
  readonly role: Role
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** The source of the response's type, for handlers, hosts and the page. */
  readonly response: z.ZodType
  readonly status?: 200 | 201 | 202
  /** It may take minutes: a host whose requests are short runs it in the background, and the page asks how it went. */
  readonly long?: true
  /** The operation that replaces this one, for new programs. */
  readonly aliasOf?: Interface
}

export interface Operation extends Interface {
  /** Handles a request whose input has been checked. */
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

/** Defines an operation. */
export const operation = <Params, Query, Body, Response extends z.ZodType>(
  declared: Declaration<Params, Query, Body, Response>,
) => ({
  ...declared,
  async act(request: Request, caller: Caller): Promise<Result> {
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

type Inherited = 'method' | 'role' | 'aliasOf'

/** Defines an earlier route of an operation, which answers exactly as it did before there was the new one. */
export const aliasOf = <Params, Query, Body, Response extends z.ZodType>(
  replacement: Interface,
  declared: Omit<Declaration<Params, Query, Body, Response>, Inherited>,
) => operation({ ...declared, method: replacement.method, role: replacement.role, aliasOf: replacement })
