// One operation as a route, with its part of the OpenAPI document.

import { createRoute, type OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import { problem, refused, type Caller, type Route } from '@rollcall/api'
import type { Context } from 'hono'

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** Adds an operation to the application and its OpenAPI document. */
export function route(http: OpenAPIHono, { name, operation }: Route, caller: () => Caller): void {
  const { method, path, role, summary, params, query, body, response, status = 200, aliasOf } = operation
  const config: RouteConfig = {
    method,
    path: `/api${path}`,
    operationId: name,
    summary,
    'x-role': role,
    ...(aliasOf === undefined
      ? {}
      : { deprecated: true, description: `Use ${aliasOf.method.toUpperCase()} ${aliasOf.path} in new programs.` }),
    request: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body: { ...json(body, 'The request'), required: true } }),
    },
    responses: {
      [status]: json(response, 'Done'),
      400: json(problem, 'Rollcall cannot do what the request says'),
      409: json(refused, 'Guard refuses the plan; nothing was changed'),
      502: json(problem, 'Atlassian refuses the key, or is unavailable'),
    },
  }
  const valid = (context: Context, target: 'param' | 'query' | 'json') => context.req.valid(target as never) as unknown
  http.openapi(createRoute(config), (async (context: Context) => {
    const request = {
      params: params === undefined ? {} : valid(context, 'param'),
      query: query === undefined ? {} : valid(context, 'query'),
      body: body === undefined ? {} : valid(context, 'json'),
    }
    const result = await operation.act(request, caller())
    return 'refused' in result
      ? context.json(result.refused as object, 409)
      : context.json(result.value as object, status)
  }) as never)
}
