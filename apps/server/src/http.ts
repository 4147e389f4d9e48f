// The HTTP host: the app's operations as JSON, the page, and the refusal of foreign hosts and origins.

import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi'
import { serveStatic } from '@hono/node-server/serve-static'
import type { App } from '@rollcall/core'
import { explain } from './exit-codes.js'
import { planShape } from './shapes.js'

export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"

const answer = { 200: { description: 'Done', content: { 'application/json': { schema: z.unknown() } } } }
const text = z.string().optional()
const accountsQuery = z.object({
  ...{ search: text, product: text, site: text, inGroup: text, inactiveFor: text, after: text },
  status: z.enum(['active', 'suspended', 'deactivated']).optional(),
  sort: z.enum(['accountId', 'name', 'lastActive']).optional(),
  managed: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().optional(),
})
const idParameter = z.object({ id: z.string() })
const get = <const Path extends string>(path: Path, summary: string) =>
  createRoute({ method: 'get', path, summary, responses: answer })

const status = (exitCode: number) => (exitCode === 2 ? 400 : exitCode === 1 ? 500 : 502)

/** Makes the HTTP application; `port` is where it listens on 127.0.0.1, `pages` the folder of the built page. */
export function createHttpApp(app: App, port: () => number, pages: string): OpenAPIHono {
  const http = new OpenAPIHono()
  http.use('*', async (context, next) => {
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`]
    const [host = '', origin] = [context.req.header('host'), context.req.header('origin')]
    if (!hosts.includes(host) || (origin !== undefined && !hosts.some((one) => origin === `http://${one}`)))
      return context.json({ error: { code: 'foreign', message: `Open Rollcall at http://${hosts[0]}.` } }, 403)
    await next()
    context.header('content-security-policy', contentSecurityPolicy)
    context.header('x-content-type-options', 'nosniff')
    context.header('referrer-policy', 'no-referrer')
    return undefined
  })
  http.onError((failure, context) => {
    const { exitCode, sentence } = explain(failure)
    return context.json({ error: { code: String(exitCode), message: sentence } }, status(exitCode))
  })
  http.openapi(get('/api/overview', 'Where things stand'), async (context) => context.json(await app.overview()))
  http.openapi(get('/api/licenses', 'Seats per site and product'), async (context) =>
    context.json(await app.licenses()),
  )
  http.openapi(get('/api/policies', 'Cleanup policies'), async (context) =>
    context.json([...(await app.policies())] as object[]),
  )
  http.openapi(get('/api/runs', 'Runs, newest first'), async (context) => context.json(await app.runs(100)))
  http.openapi(get('/api/protections', 'The protected list'), async (context) =>
    context.json([...(await app.protections())]),
  )
  http.openapi(
    createRoute({
      method: 'get',
      path: '/api/accounts',
      summary: 'One page of accounts',
      request: { query: accountsQuery },
      responses: answer,
    }),
    async (context) => {
      const asked = context.req.valid('query')
      const managed = asked.managed === undefined ? undefined : asked.managed === 'true'
      return context.json(await app.accounts({ ...asked, managed } as Parameters<typeof app.accounts>[0]))
    },
  )
  http.openapi(
    createRoute({
      method: 'get',
      path: '/api/plans/{id}',
      summary: 'One plan and what refuses it',
      request: { params: idParameter },
      responses: answer,
    }),
    async (context) => context.json(planShape(await app.showPlan(context.req.valid('param').id))),
  )
  http.openapi(
    createRoute({
      method: 'get',
      path: '/api/runs/{id}',
      summary: 'One run',
      request: { params: idParameter },
      responses: answer,
    }),
    async (context) => context.json(await app.runStatus(context.req.valid('param').id)),
  )
  http.doc31('/api/openapi.json', { openapi: '3.1.0', info: { title: 'Rollcall', version: '0.1.0' } })
  http.get('*', serveStatic({ root: pages }))
  return http
}
