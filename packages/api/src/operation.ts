// An operation: what one request of a page or a script asks for, whichever host carries it. Hosts translate, and nothing else.

import type { App, TimeSlice } from '@rollcall/core'
import { z } from 'zod'
import type { Path } from './paths.js'

/** What a host brings along. */
export interface Caller {
  readonly app: App
  /** Who asks, for the audit log. */
  readonly by: string
  /** Tells the host that a run may go on. */
  readonly wake: () => void | Promise<void>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** How far one call may go; a long operation throws `Unfinished` then, and goes on when it is asked again. */
  readonly budget?: TimeSlice
}

export interface Asked<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
}
/** A refusal is an answer as well. */
export type Answer = { readonly value: unknown } | { readonly refused: unknown }

type Shape<Value> = z.ZodObject & z.ZodType<Value>

/** How an operation is asked for and what it answers, as its OpenAPI document shows it. */
export interface Interface<Params = unknown, Query = unknown, Body = unknown> extends Path {
  readonly summary: string
  readonly params?: Shape<Params>
  readonly query?: Shape<Query>
  readonly body?: z.ZodType<Body>
  readonly answer: z.ZodType
  readonly status?: 200 | 201 | 202
}

export interface Operation extends Interface {
  /** Acts on what was asked, once it is checked. */
  act(asked: Asked<unknown, unknown, unknown>, caller: Caller): Promise<Answer>
}

/** Defines an operation. */
export const operation = <Params, Query, Body>(
  described: Interface<Params, Query, Body>,
  act: (asked: Asked<Params, Query, Body>, caller: Caller) => Promise<Answer>,
): Operation => ({ ...described, act }) as Operation
