// The HTTP host: the app's operations as JSON with an OpenAPI document, and the page.

import { OpenAPIHono } from '@hono/zod-openapi'
import { serveStatic } from '@hono/node-server/serve-static'
import { checkResponse, connectingPaths, connectingResponses, routes, type ConnectionState } from '@rollcall/api'
import { inputBounds, issuesInWords, UsageError, type App, type Remedy } from '@rollcall/core'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { system } from '@rollcall/node'
import { explain } from '../exit-codes.js'
import type { Live } from '../live.js'
import { guarded } from './guarded.js'
import type { InFlight } from './in-flight.js'
import { route } from './route.js'

export interface HttpHost {
  readonly app: App
  /** Where the page may connect an organization. */
  readonly live?: Omit<Live, 'app' | 'renew'>
  /** Where the server listens on 127.0.0.1; known once it does. */
  readonly port: () => number
  /** The folder of the built page. */
  readonly pages: string
  /** Wakes the worker. */
  readonly wake: () => void
  /** Counts the requests that have begun, where the server waits for them. */
  readonly inFlight?: InFlight
}

/** The environment of the server sets the connection. */
const elsewhere = async (): Promise<ConnectionState> => ({ elsewhere: true })

const status = (exitCode: number) => (exitCode === 2 ? 400 : exitCode === 1 ? 500 : 502)
const problemOf = (code: string, message: string, remedy?: Remedy) => ({
  error: { code, message, ...(remedy === undefined ? {} : { remedy }) },
})

/** Reads a JSON body. The error never quotes the text, which may contain a key. */
async function bodyOf(context: Context): Promise<unknown> {
  try {
    return await context.req.json()
  } catch (failure) {
    if (failure instanceof SyntaxError) throw new UsageError('The body is not JSON. Send one JSON document.')
    throw failure
  }
}

/** Makes the HTTP application. */
export function createHttpApp(host: HttpHost): OpenAPIHono {
  const { port, pages, wake, live } = host
  const http = new OpenAPIHono({
    defaultHook: (parsed, context) => {
      if (parsed.success) return undefined
      return context.json(problemOf('usage', `${parsed.target}: ${issuesInWords(parsed.error.issues)}`), 400)
    },
  })
  if (host.inFlight !== undefined) http.use('*', host.inFlight.count)
  http.use('*', guarded(port))
  http.use(
    '/api/*',
    bodyLimit({
      maxSize: inputBounds.body,
      onError: (context) => context.json(problemOf('usage', 'Send at most 1 MB.'), 413),
    }),
  )
  http.onError((failure, context) => {
    if (failure instanceof HTTPException) return context.json(problemOf('usage', failure.message), failure.status)
    const { exitCode, sentence, remedy } = explain(failure)
    return context.json(problemOf(String(exitCode), sentence, remedy), status(exitCode))
  })
  // There is no sign-in yet, so the audit log names the page or a script on this machine.
  const by = 'local http'
  const checkResponses = process.env['ROLLCALL_CHECK_RESPONSES'] === '1'
  // A new connection replaces the app.
  const caller = () => ({ app: host.app, wake, by, now: () => system.now(), checkResponses })
  for (const one of routes()) route(http, one, caller)
  const connected = live ?? { connection: elsewhere, connect: elsewhere, disconnect: elsewhere }
  const at = `/api${connectingPaths.connection.path}`
  const respond = (context: Context, name: keyof typeof connectingResponses, value: ConnectionState) => {
    if (checkResponses) checkResponse(name, connectingResponses[name], value)
    return context.json(value)
  }
  http.get(at, async (context) => respond(context, 'connection', await connected.connection()))
  http.put(at, async (context) => respond(context, 'connect', await connected.connect(await bodyOf(context), by)))
  http.delete(at, async (context) => respond(context, 'disconnect', await connected.disconnect(by)))
  http.doc31('/api/openapi.json', { openapi: '3.1.0', info: { title: 'Rollcall', version: '0.1.0' } })
  http.all('/api/*', (context) => context.json(problemOf('usage', 'Unknown operation. See /api/openapi.json.'), 404))
  http.get('*', serveStatic({ root: pages }))
  return http
}
