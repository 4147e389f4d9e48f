// One line per operation: method, path, what it does, what it takes and answers.

import { createRoute, type OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { problem } from './schemas.js'

interface Operation<Params, Query, Body> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  readonly path: string
  readonly summary: string
  readonly params?: z.ZodObject & z.ZodType<Params>
  readonly query?: z.ZodObject & z.ZodType<Query>
  readonly body?: z.ZodType<Body>
  readonly answer: z.ZodType
  readonly status?: 200 | 201 | 202
}
export interface Asked<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
}
/** A refusal is an answer as well: `refused` becomes 409. */
export type Answer = { readonly value: unknown } | { readonly refused: unknown }

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** Adds an operation to the application and its OpenAPI document. */
export function route<Params = unknown, Query = unknown, Body = unknown>(
  http: OpenAPIHono,
  { method, path, summary, params, query, body, answer, status = 200 }: Operation<Params, Query, Body>,
  act: (asked: Asked<Params, Query, Body>) => Promise<Answer>,
): void {
  const config: RouteConfig = {
    ...{ method, path, summary },
    request: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body: { ...json(body, 'What is wanted'), required: true } }),
    },
    responses: {
      [status]: json(answer, 'Done'),
      400: json(problem, 'What was asked cannot be done'),
      409: { description: 'Refused by guard: nothing was changed' },
      502: json(problem, 'Atlassian refused, or cannot be reached'),
    },
  }
  const valid = (context: Context, target: 'param' | 'query' | 'json') => context.req.valid(target as never) as unknown
  http.openapi(createRoute(config), (async (context: Context) => {
    const asked = {
      params: params === undefined ? {} : valid(context, 'param'),
      query: query === undefined ? {} : valid(context, 'query'),
      body: body === undefined ? {} : valid(context, 'json'),
    }
    const answered = await act(asked as Asked<Params, Query, Body>)
    return 'refused' in answered
      ? context.json(answered.refused as object, 409)
      : context.json(answered.value as object, status)
  }) as never)
}
