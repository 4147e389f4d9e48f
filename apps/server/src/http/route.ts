// One operation as a route, with its part of the OpenAPI document.

import { createRoute, type OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import { schemas, type Caller, type Operation } from '@rollcall/api'
import type { Context } from 'hono'

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** Adds an operation to the application and its OpenAPI document. */
export function route(http: OpenAPIHono, operation: Operation, caller: () => Caller): void {
  const { method, path, summary, params, query, body, answer, status = 200 } = operation
  const config: RouteConfig = {
    method,
    path: `/api${path}`,
    summary,
    request: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body: { ...json(body, 'What is wanted'), required: true } }),
    },
    responses: {
      [status]: json(answer, 'Done'),
      400: json(schemas.problem, 'What was asked cannot be done'),
      409: { description: 'Refused by guard: nothing was changed' },
      502: json(schemas.problem, 'Atlassian refused, or cannot be reached'),
    },
  }
  const valid = (context: Context, target: 'param' | 'query' | 'json') => context.req.valid(target as never) as unknown
  http.openapi(createRoute(config), (async (context: Context) => {
    const asked = {
      params: params === undefined ? {} : valid(context, 'param'),
      query: query === undefined ? {} : valid(context, 'query'),
      body: body === undefined ? {} : valid(context, 'json'),
    }
    const answered = await operation.act(asked, caller())
    // A refusal is an answer as well.
    return 'refused' in answered
      ? context.json(answered.refused as object, 409)
      : context.json(answered.value as object, status)
  }) as never)
}
